"""nbgrader's configuration for authors, who run it in this folder.

Tutors mark elsewhere: `place-kit tutor FOLDER` makes a marking folder with a
configuration of its own, since what learners hand in is personal data.
To make exercises/ anew, prefer `place-kit release`: a failed
`nbgrader generate_assignment --force` deletes the release it was to replace.
"""

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
