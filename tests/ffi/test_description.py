# SPDX-License-Identifier: MIT
"""bindings/api.json is what the headers say, describe.py refuses what it does not know, and every language declares
everything."""
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bindings"))

import declare
import describe
from interface import Interface


def describe_text(text):
    return describe.describe({"glia/glia.h": text})


class Description(unittest.TestCase):
    def test_is_current(self):
        checked_in = (ROOT / "bindings" / "api.json").read_text(encoding="utf-8")
        made = describe.write(describe.describe_tree()) + "\n"
        self.assertEqual(made, checked_in, "run bindings/describe.py > bindings/api.json")

    def test_knows_what_may_be_null_and_what_can_go_wrong(self):
        text = """
            typedef int32_t glia_status;
            enum glia_status_value { GLIA_OK = 0, GLIA_ERR_ARGUMENT = 2 };
            /** @param a  [rows]
             *  @param b  the other; may be NULL
             *  @retval GLIA_ERR_ARGUMENT  NULL */
            GLIA_API glia_status glia_first(const float *a, const float *b);
            /** As glia_first(). */
            GLIA_API glia_status glia_second(const float *a, const float *b);
        """
        for call in describe_text(text)["calls"]:
            self.assertEqual([p.get("optional", False) for p in call["parameters"]], [False, True])
            self.assertEqual(call["statuses"], ["GLIA_ERR_ARGUMENT"])

    def assert_refused(self, text, why):
        with self.assertRaises(describe.Refused) as caught:
            describe_text(text)
        self.assertIn(why, str(caught.exception))

    def test_refuses_what_not_every_language_can_call(self):
        point = "typedef struct point { double x; } point;"
        self.assert_refused(point + "GLIA_API point glia_x(void);", "glia_x: point")
        self.assert_refused(point + "GLIA_API void glia_x(point p);", "glia_x, p: point")
        self.assert_refused("GLIA_API void glia_x(bool b);", "glia_x, b: bool")
        self.assert_refused("GLIA_API void glia_x(long l);", "glia_x, l: long")
        self.assert_refused("GLIA_API void glia_x(unsigned int i);", "glia.h:1: ")
        self.assert_refused("GLIA_API void glia_x(int32_t i, ...);", "glia.h:1: ")
        self.assert_refused("GLIA_API void glia_x(char *restrict t);", "glia.h:1: ")
        self.assert_refused("typedef struct bits { int32_t a : 3; } bits;", "glia.h:1: ")

    def test_refuses_what_it_does_not_know(self):
        self.assert_refused("int32_t glia_x(void);", "expected typedef, enum or GLIA_API")
        self.assert_refused("\n#if 1\n#endif\n", "glia.h:2: ")
        self.assert_refused("GLIA_API void glia_x(void)", "expected ';'")
        self.assert_refused("/** @param z  what? */ GLIA_API void glia_x(double y);", "glia_x has no parameter z")


class Declarations(unittest.TestCase):
    def test_every_language_declares_every_call(self):
        names = [call.name for call in Interface().calls]
        self.assertGreater(len(names), 40)
        for language in declare.LANGUAGES:
            text = declare.declarations(language)
            self.assertEqual([name for name in names if name not in text], [], language)


if __name__ == "__main__":
    unittest.main()
