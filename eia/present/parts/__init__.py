"""The parts of the documents: each module gives the blocks of one section, or the sentences that several share."""
