"""The screen: widgets -> Case -> assess -> present. No arithmetic and no prose of its own but labels and instructions."""
