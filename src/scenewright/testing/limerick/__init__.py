"""A kind of one's own, small and whole: limericks on a topic, each with a line that leads over to it, then revised.

outline -> for each verse: verse (five lines) -> lead (after the verse before it)
        -> finale: review -> refine what it names -> review again, until nothing is left or nothing gets better

`plan` and `finale` say what is wanted, `authors` do it, `kind` is what the program finds. docs/own-kind.md explains.
"""
