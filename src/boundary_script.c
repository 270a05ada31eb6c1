/* SPDX-License-Identifier: MIT */
/*
 * The gnuplot script of the boundary picture. The colours are darker and paler shades of those of Okabe and Ito (Color
 * Universal Design, 2008), which people of any colour vision tell apart; shapes differ too.
 */
#include "boundary_script.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "format_text.h"
#include "gnuplot.h"

#define INK              "#1a1a1a"
#define PALE_INK         "#555555"
#define RIM_SCALE        1.36      /* of a point's white rim, to the point */
#define LABEL_CHARACTERS 18        /* of a class, beside its point */
#define NEITHER          "#fdfcfb" /* the plane where classes are equally likely */

/* Where the plane stands in the picture, as shares of its width and height. */
#define LEFT   "0.115"
#define TOP    "0.875"
#define BOTTOM "0.155"
#define TALL   "0.72" /* from bottom to top */

/* How the points of a class look, and the plane where it is certain. */
typedef struct appearance {
    const char *point, *plane;
    int shape;                 /* a point type of gnuplot's */
    double png_size, svg_size; /* as large as the others' to the eye */
} appearance;

static const appearance looks[] = {
    {"#0060a0", "#8fc1e0", 7, 1.1, 0.95},  {"#c24a00", "#f0b48a", 9, 1.3, 0.85},  {"#00775a", "#8fd0b8", 5, 1.0, 0.85},
    {"#a3508a", "#e3b5d2", 13, 1.4, 0.85}, {"#8a6d00", "#eedc8a", 11, 1.3, 0.85}, {"#3b3b3b", "#bdbdbd", 7, 1.1, 0.95},
    {"#1d86b8", "#b5def5", 9, 1.3, 0.85},  {"#b07400", "#f5cf87", 5, 1.0, 0.85},
};
static const appearance plain_look = {"#3b3b3b", NULL, 7, 1.0, 0.85};

static const appearance *look_of(size_t class_index)
{
    return &looks[class_index % (sizeof looks / sizeof *looks)];
}

double tool_boundary_x(const tool_boundary *boundary, size_t column)
{
    double share = (double)column / (TOOL_GRID_COLUMNS - 1);
    return boundary->x.low + share * (boundary->x.high - boundary->x.low);
}

double tool_boundary_y(const tool_boundary *boundary, size_t row)
{
    double share = (double)row / (TOOL_GRID_ROWS - 1);
    return boundary->y.low + share * (boundary->y.high - boundary->y.low);
}

static const float *answer_at(const tool_boundary *boundary, size_t row, size_t column)
{
    return boundary->answers + (row * TOOL_GRID_COLUMNS + column) * boundary->outputs->size;
}

/* By how much a class leads the best of the others: 0 on its boundary. */
static double lead(const tool_outputs *outputs, const float *answer, size_t class_index)
{
    double others = -INFINITY;
    for (size_t i = 0; i < outputs->class_count; i++)
        if (i != class_index)
            others = fmax(others, (double)tool_outputs_score(outputs, answer, i));
    return (double)tool_outputs_score(outputs, answer, class_index) - others;
}

/*
 * The place in the palette: with two classes the probability of the second; with more, the class plus how certain it
 * is, from 0 to just below 1.
 */
static double shade(const tool_outputs *outputs, const float *answer)
{
    if (outputs->class_count == 2)
        return fmin(fmax((1 + lead(outputs, answer, 1)) / 2, 0), 1);
    size_t best = tool_outputs_class(outputs, answer);
    double chance = 1 / (double)outputs->class_count;
    double certainty = ((double)tool_outputs_score(outputs, answer, best) - chance) / (1 - chance);
    return (double)best + 0.999 * fmin(fmax(certainty, 0), 1);
}

/* With two classes the boundary of one is that of the other. */
static size_t first_boundary(const tool_outputs *outputs)
{
    return outputs->class_count == 2 ? 1 : 0;
}

/* What there is of a class in the picture. */
typedef struct share {
    size_t point_count;
    bool has_boundary;
} share;

/* Whether a class wins somewhere on the grid and loses elsewhere: gnuplot complains about a line that is not there. */
static bool find_boundary(const tool_boundary *boundary, size_t class_index)
{
    bool wins = false, loses = false;
    for (size_t i = 0; i < TOOL_GRID_ROWS * TOOL_GRID_COLUMNS && !(wins && loses); i++) {
        double by = lead(boundary->outputs, boundary->answers + i * boundary->outputs->size, class_index);
        wins = wins || by > 0;
        loses = loses || by < 0;
    }
    return wins && loses;
}

/* $GRID: x, y, place in the palette, and the lead of every class. */
static void write_grid(FILE *script, const tool_boundary *boundary)
{
    const tool_outputs *outputs = boundary->outputs;
    fputs("$GRID << EOD\n", script);
    for (size_t row = 0; row < TOOL_GRID_ROWS; row++) {
        for (size_t column = 0; column < TOOL_GRID_COLUMNS; column++) {
            const float *answer = answer_at(boundary, row, column);
            fprintf(script, "%.9g %.9g %.5g", tool_boundary_x(boundary, column), tool_boundary_y(boundary, row),
                    shade(outputs, answer));
            for (size_t i = first_boundary(outputs); i < outputs->class_count; i++)
                fprintf(script, " %.5g", lead(outputs, answer, i));
            fputc('\n', script);
        }
        fputc('\n', script);
    }
    fputs("EOD\n", script);
}

/* $BOUNDARY<class>: the line around a class, found by gnuplot on the grid. */
static void write_boundary_lines(FILE *script, const tool_boundary *boundary, const share *shares)
{
    size_t first = first_boundary(boundary->outputs);
    fputs("set contour base\nset cntrparam levels discrete 0\nunset surface\n", script);
    for (size_t i = first; i < boundary->outputs->class_count; i++)
        if (shares[i].has_boundary)
            fprintf(script, "set table $BOUNDARY%zu\nsplot $GRID using 1:2:%zu\nunset table\n", i, 4 + i - first);
}

static bool is_of_class(const glia_samples *points, size_t row, size_t class_index)
{
    return points->classes == NULL ? class_index == 0 : (size_t)points->classes[row] == class_index;
}

/* $POINTS<class>; all count as class 0 where none are known. Answers how many there are. */
static size_t write_points(FILE *script, const glia_samples *points, size_t class_index)
{
    size_t count = 0;
    fprintf(script, "$POINTS%zu << EOD\n", class_index);
    for (size_t i = 0; i < points->rows; i++) {
        if (!is_of_class(points, i, class_index))
            continue;
        fprintf(script, "%.9g %.9g\n", (double)points->inputs[2 * i], (double)points->inputs[2 * i + 1]);
        count++;
    }
    fputs("EOD\n", script);
    return count;
}

/* Write a command with a user's text in it. */
static void write_text(FILE *script, const char *before, const char *text, const char *after)
{
    char *quoted = tool_gnuplot_text(text);
    fprintf(script, "%s%s%s", before, quoted, after);
    free(quoted);
}

/* The bytes of the first `count` characters of a UTF-8 text. */
static size_t bytes_of(const char *text, size_t count)
{
    size_t bytes = 0;
    for (; text[bytes] != '\0'; bytes++)
        if (((unsigned char)text[bytes] & 0xc0) != 0x80 && count-- == 0) /* a character's first byte */
            break;
    return bytes;
}

/* "class 0" for a name that is a number, else the name alone, with no more characters than fit; free() it. */
static char *class_label(const tool_boundary *boundary, size_t class_index)
{
    const char *name = boundary->outputs->class_names[class_index];
    const char *target = boundary->target != NULL ? boundary->target : "class";
    bool is_number = isdigit((unsigned char)name[0]) || name[0] == '-';
    char *label = is_number ? tool_format("%s %s", target, name) : tool_format("%s", name);
    size_t bytes = bytes_of(label, LABEL_CHARACTERS);
    if (label[bytes] == '\0')
        return label;
    char *shorter = tool_format("%.*s…", (int)bytes, label);
    free(label);
    return shorter;
}

static void write_titles(FILE *script, const tool_boundary *boundary)
{
    write_text(script, "set label 1 ", boundary->title,
               " at screen " LEFT ", screen 0.95 font ',17' textcolor rgb '" INK "'\n");
    write_text(script, "set label 2 ", boundary->subtitle,
               " at screen " LEFT ", screen 0.905 textcolor rgb '" PALE_INK "'\n");
    write_text(script, "set xlabel ", boundary->x_name, " textcolor rgb '" INK "'\n");
    write_text(script, "set label 3 ", boundary->y_name,
               " at screen 0.018, graph 0.5 center rotate by 90 textcolor rgb '" INK "'\n");
}

/* Two classes: from one colour over white to the other, with a scale beside the picture and the legend below. */
static void write_two_class_palette(FILE *script, const tool_boundary *boundary)
{
    char *label = class_label(boundary, 1);
    char *quantity = tool_format("%s of %s", boundary->outputs->are_probabilities ? "probability" : "score", label);
    fprintf(script, "set palette defined (0 '%s', 0.5 '" NEITHER "', 1 '%s')\n", look_of(0)->plane, look_of(1)->plane);
    fputs("set cbrange [0:1]\nset cbtics 0.25 format '%.2f' scale 0\nset rmargin at screen 0.865\n"
          "set colorbox user origin screen 0.89, screen " BOTTOM " size screen 0.018, screen " TALL " noborder\n"
          "set key at screen 0.49, screen 0.045 center center horizontal reverse Left samplen 1.2 width 1\n",
          script);
    write_text(script, "set label 4 ", quantity,
               " at screen 0.978, graph 0.5 center rotate by 90 textcolor rgb '" INK "'\n");
    free(quantity);
    free(label);
}

/* More classes: each from white to its colour, and the legend at the right. */
static void write_many_class_palette(FILE *script, const tool_boundary *boundary)
{
    size_t count = boundary->outputs->class_count;
    fputs("set palette defined (", script);
    for (size_t i = 0; i < count; i++)
        fprintf(script, "%s%zu '" NEITHER "', %zu '%s'", i > 0 ? ", " : "", i, i + 1, look_of(i)->plane);
    fprintf(script, ")\nset cbrange [0:%zu]\nunset colorbox\nset rmargin at screen 0.745\nset bmargin at screen 0.11\n",
            count);
    fputs("set key at screen 0.76, screen " TOP " left top vertical reverse Left samplen 1.2 spacing 1.3 maxrows 30\n",
          script);
}

static void write_frame(FILE *script, const tool_boundary *boundary)
{
    fputs("set encoding utf8\nset minussign\nset lmargin at screen " LEFT "\nset tmargin at screen " TOP "\n"
          "set bmargin at screen " BOTTOM "\nset border 3 lw 1 lc rgb '#999999'\n"
          "set tics nomirror out scale 0.5 textcolor rgb '" INK "'\nset key textcolor rgb '" INK "'\n",
          script);
    fprintf(script, "set xrange [%.9g:%.9g]\nset yrange [%.9g:%.9g]\n", boundary->x.low, boundary->x.high,
            boundary->y.low, boundary->y.high);
}

static void write_point_plot(FILE *script, size_t class_index, const appearance *look, double scale, const char *colour)
{
    fprintf(script, ", $POINTS%zu using 1:2 with points pt %d ps (is_svg ? %.3f : %.3f) lc rgb '%s'", class_index,
            look->shape, scale * look->svg_size, scale * look->png_size, colour);
}

/* The points of a class twice: a white rim keeps them apart from the plane and from one another. */
static void write_point_plots(FILE *script, size_t class_index, const appearance *look, const char *label)
{
    write_point_plot(script, class_index, look, RIM_SCALE, "#ffffff");
    fputs(" notitle", script);
    write_point_plot(script, class_index, look, 1, look->point);
    write_text(script, " title ", label, "");
}

static void write_plot(FILE *script, const tool_boundary *boundary, const share *shares)
{
    const tool_outputs *outputs = boundary->outputs;
    fputs("plot $GRID using 1:2:3 with image notitle", script);
    for (size_t i = first_boundary(outputs); i < outputs->class_count; i++)
        if (shares[i].has_boundary)
            fprintf(script, ", $BOUNDARY%zu using 1:2 with lines lw 2.2 lc rgb '" INK "' notitle", i);
    for (size_t i = 0; i < outputs->class_count; i++) {
        if (shares[i].point_count == 0)
            continue;
        bool is_known = boundary->points.classes != NULL;
        char *label = is_known ? class_label(boundary, i) : tool_format("data");
        write_point_plots(script, i, is_known ? look_of(i) : &plain_look, label);
        free(label);
    }
    fprintf(script, ", NaN with lines lw 2.2 lc rgb '" INK "' title '%s'\n",
            outputs->class_count == 2 && outputs->are_probabilities ? "p = 0.5" : "boundary");
}

void tool_boundary_write(FILE *script, const tool_boundary *boundary)
{
    size_t class_count = boundary->outputs->class_count;
    share *shares = tool_allocate(class_count, sizeof *shares);
    for (size_t i = 0; i < class_count; i++) {
        shares[i].has_boundary = find_boundary(boundary, i);
        shares[i].point_count = write_points(script, &boundary->points, i);
    }
    write_grid(script, boundary);
    write_boundary_lines(script, boundary, shares);
    write_frame(script, boundary);
    write_titles(script, boundary);
    if (class_count == 2)
        write_two_class_palette(script, boundary);
    else
        write_many_class_palette(script, boundary);
    write_plot(script, boundary, shares);
    free(shares);
}
