"""For tests, ours and yours: a virtual clock and scripted providers. Nothing here is used by the program itself."""
