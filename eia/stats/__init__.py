"""Takes counts as integer arrays, or people as aligned ones; gives frozen results at full precision.

No labels, no references, no law and no rounding: only numpy, scipy and :mod:`eia.errors`, and statsmodels for waits in ``models``. Import the module you need.

=========================  ===========================================================================
room and module            gives
=========================  ===========================================================================
**exact**                  inference given every pool's margins
``stratified_test``        one group against everyone else in the same pools, or many groups at once
``stratified_pvalues``     its p-values alone, for many groups
``single_pool_pvalues``    its p-values for each of many pools on its own
``totals_by_chance``       how likely each total of a group is by chance
``selection_rounds``       rounds of selection, each alone and added up
``homogeneity``            whether the pools share one odds ratio
``binomial``               the exact test against a stated share of the workforce
``informative_pools``      which pools can say anything
**permutation**            chance by drawing or going through what could have been
``whole_posts``            whole posts, or pools' shares to go, permuted: scope and spread; what chance gives there
``min_p``                  p-values adjusted for the family of selection
``westfall_young``         the method behind both: p-values adjusted by draws
``omnibus_tests``          all groups of a characteristic at once
``trend``                  whether those selected have the higher ages, or other numbers
``age_thresholds``         every age cut, and what the best of them is worth
``logrank``                whether a group waits longer, such as for a new post
**effect_sizes**           how large a difference is
``split``                  scope + spread + selection = overall, in people
``rates``                  rates of two sides, their difference and their ratios
``mantel_haenszel``        odds ratio, rate ratio and rate difference across pools
``adjusted_odds_ratio``    an odds ratio allowing for other things
**sensitivity**            how far a result holds
``minimum_detectable``     the smallest disparity that pools can show
``fragility``              exchanges of two people after which a finding turns
``pool_contributions``     the pools that an excess comes from
``missing_answer_bounds``  what answers not known could make of a test
**bounds**                 results over every table that fits counts known as ranges
``stratified_test_bounds`` the exact test
``split_bounds``           the split
**models**                 a group and everyone else in its pools: differences that describe, and change no level
``contrast``               a number by ordinary least squares, with errors clustered by pool
``scores``                 marks
``pay``                    amounts of pay, in per cent
``waiting``                how fast people are placed, by Cox's model
``multiplicity``           p-values adjusted for a family by Holm's method
``results``                the shared shapes: intervals, estimates and the results built of them
``products``               products of matrices, on one processor
``checks``                 checked arrays, or one error naming every fault
=========================  ===========================================================================

Underneath: ``exact.conditional_distribution`` (the law of a total over pools), ``exact.tails`` (what it has to say of one total),
``exact.log_probabilities`` (which keep their digits at any size) and ``exact.root_finding``; ``permutation.values_by_pool``,
``score_sums``, ``redraw_people`` and ``drawn_midp`` (selections drawn anew, and what they are worth);
``effect_sizes.conditional_logistic`` (the likelihood of who goes); ``bounds.fitting_tables`` (the cells that fit ranges).
"""
