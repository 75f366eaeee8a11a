"""Takes counts as integer arrays; gives frozen results at full precision.

No labels, no people, no law and no rounding: only numpy, scipy and :mod:`eia.errors`. Import the module you need.

=====================  ==============================================================================
module                 gives
=====================  ==============================================================================
``stratified``         who goes within a job: the exact test over pools, singly or many groups at once
``split``              scope + spread + selection = overall, in people
``binomial``           the exact test against a stated share of the workforce
``multiplicity``       p-values adjusted for a family of tests
``results``            the shared shapes: intervals, estimates and the results built of them
=====================  ==============================================================================

Underneath: ``conditional`` (the law of a total over pools), ``mantel_haenszel`` and ``homogeneity`` (what is estimated
across pools), ``logmass`` (log probabilities that keep their digits at any size), ``roots`` and ``checks``.
"""
