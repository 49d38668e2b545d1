"""Claims: a sentence, taken apart, held against what is known, and answered."""
