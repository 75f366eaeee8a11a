"""Takes counts as integer arrays, or people as aligned ones; gives frozen results at full precision.

No labels, no references, no law and no rounding: only numpy, scipy and :mod:`eia.errors`. Import the module you need.

==================  ==============================================================================
module              gives
==================  ==============================================================================
who goes within a job
``stratified``      the exact test over pools, singly or many groups at once
``many``            its p-values alone, for many groups
``single``          its p-values for each of many pools on its own
------------------  ------------------------------------------------------------------------------
how far it holds
``detectable``      the smallest disparity that pools can show
``firmness``        exchanges of two people after which a finding turns
``driving``         the pools that an excess comes from
``unknown``         what answers not known could make of a test
``ranges``          the test where counts are known as ranges
------------------  ------------------------------------------------------------------------------
which jobs are in play, which pools lose most, what it adds up to
``split``           scope + spread + selection = overall, in people
``ranged_split``    the same where counts are known as ranges
``blocks``          whole posts, or pools' shares to go, permuted
``binomial``        the exact test against a stated share of the workforce
------------------  ------------------------------------------------------------------------------
many comparisons
``min_p``           p-values adjusted for a family by drawing even-handed selections
``multiplicity``    p-values adjusted for a family by Holm's method
------------------  ------------------------------------------------------------------------------
beside the findings
``groups``          all groups of a characteristic at once
``rates``           rates of two sides, their difference and their ratios
``trend``           whether those selected have the higher ages, or other numbers
``cuts``            every age cut, and what the best of them is worth
``adjusted``        an odds ratio allowing for other things
``rounds``          rounds of selection, each alone and added up
``waiting``         whether a group waits longer, such as for a new post
------------------  ------------------------------------------------------------------------------
``results``         the shared shapes: intervals, estimates and the results built of them
==================  ==============================================================================

Underneath: ``conditional`` (the law of a total over pools) and ``tails`` (what it has to say of one total),
``conditional_logistic`` (the likelihood of who goes), ``mantel_haenszel`` and ``homogeneity`` (what is estimated across
pools), ``redraw``, ``drawn_midp`` and ``step_down`` (selections drawn anew, their mid-p, and p-values adjusted by them),
``values`` (people by pool and value), ``logmass`` (log probabilities that keep their digits at any size),
``fitting`` (the cells that fit ranges), ``roots`` and ``checks``.
"""
