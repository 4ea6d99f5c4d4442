"""Natural language, as far as we need it: sentences, words, language guess, how long something takes to say."""
