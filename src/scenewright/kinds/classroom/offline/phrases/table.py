"""The form of a phrase table. Tuples hold variants; an empty one, or an empty text, means: say nothing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Phrases:
    # Titles and headings
    overview: str = ""
    summary: str = ""
    quiz: str = "Quiz"
    goals: str = ""  # above the objectives
    part: str = "{title} ({part})"
    joined: str = "{first} / {last}"  # a title made of two
    excerpt: str = ""  # caption of code or a table that is shown in part
    rows_shown: str = ""  # {shown} of {all}
    label: str = "**{title}:** {text}"
    # Objectives, by what a scene has to offer
    goal_term: tuple[str, ...] = ("{title}",)
    goal_code: tuple[str, ...] = ("{title}",)
    goal_steps: tuple[str, ...] = ("{title}",)
    goal_formula: tuple[str, ...] = ("{title}",)
    goal_table: tuple[str, ...] = ("{title}",)
    goal_main: tuple[str, ...] = ("{title}",)
    # Opening and closing
    greeting: tuple[str, ...] = ()  # {title}; only in the first scene
    agenda: tuple[str, ...] = ()  # before the objectives
    journey: tuple[str, ...] = ()  # if there are none
    first_step: tuple[str, ...] = ()  # {title}: end of the opening scene
    summing_up: tuple[str, ...] = ()
    goodbye: tuple[str, ...] = ()  # only in the last scene
    # From scene to scene
    next_topic: tuple[str, ...] = ()  # {title}
    seen_next: tuple[str, ...] = ()  # {previous}, {title}
    question_topic: tuple[str, ...] = ()  # {title} ends with a question mark
    announced: tuple[str, ...] = ()  # {title}, when the scene before has just named it
    under: tuple[str, ...] = ()  # {title} of the first heading on a slide
    and_under: tuple[str, ...] = ()  # {title} of a further one
    staying: tuple[str, ...] = ()  # {title}: the same section goes on
    ahead: tuple[str, ...] = ()  # {title} of the next scene, at the end of this one
    # At things on the slide
    list_: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()  # {count}
    step: str = "{n}. {text}"
    code: tuple[str, ...] = ()
    code_line: tuple[str, ...] = ()  # {code}: a single line, as it is read
    code_file: tuple[str, ...] = ()  # {name}, when the code says in which file it stands
    code_size: tuple[str, ...] = ()  # {count} lines, when there is nothing else to say
    table: tuple[str, ...] = ()  # {columns}
    table_high: str = ""  # {column}, {value}, {label}
    table_low: str = ""
    chart: tuple[str, ...] = ()  # {names}
    formula: tuple[str, ...] = ()
    formula_words: str = "{words}"
    formula_long: str = ""
    image: tuple[str, ...] = ()
    image_named: str = "{caption}"
    quote: tuple[str, ...] = ()
    diagram: tuple[str, ...] = ()
    comparison: tuple[str, ...] = ()  # {left}, {right}
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # tone -> ways to say it
    and_: str = ", "
    comma: str = ", "
    # Quizzes
    quiz_intro: tuple[str, ...] = ()
    quiz_count: str = ""  # {count}
    quiz_done: tuple[str, ...] = ()
    quiz_about: str = ""  # {title}: intro on the slide
    gap: str = "…"  # how a gap is said
    ask_meaning: tuple[str, ...] = ("{term} = ?",)
    ask_term: tuple[str, ...] = ("? = {meaning}",)
    ask_gap: tuple[str, ...] = ("{sentence}",)
    ask_gap_short: tuple[str, ...] = ("{sentence}",)
    ask_table: tuple[str, ...] = ("{label}: {column} = ?",)
    ask_highest: tuple[str, ...] = ()  # {column}
    ask_first: tuple[str, ...] = ()
    ask_after: tuple[str, ...] = ()  # {step}
    ask_members: tuple[str, ...] = ("{title} ∋ ?",)
    ask_topic: tuple[str, ...] = ("{sentence} → ?",)
    ask_title: str = "{title}"
    source: str = "“{sentence}”"
    # Classmates
    student_code: tuple[str, ...] = ()
    student_formula: tuple[str, ...] = ()
    student_table: tuple[str, ...] = ()
    student_list: tuple[str, ...] = ()
    student_after: tuple[str, ...] = ()
    teacher_yes: tuple[str, ...] = ()
