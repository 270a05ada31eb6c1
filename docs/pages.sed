# SPDX-License-Identifier: MIT
# Makes of a page in Markdown what Doxygen reads: sed -E -f pages.sed PAGE.
# The title names the page for layout.xml: "First network" is page_first_network.
1{
h
s/^# //
s/[^A-Za-z]/_/g
s/.*/ {#page_&}/
x
G
s/\n//
}
# Public names in code spans become links, so that Doxygen complains about a name that does not exist.
s/`(glia_[a-z][a-z0-9_]*|GLIA_OK|GLIA_STOPPED|GLIA_ERR_[A-Z]+)`/@ref \1 "\1"/g
# Links to public headers lead to their pages; those to other sources, which have no page, are their names alone.
s/\]\([^() ]*include\/glia\/([a-z0-9]+\.h)\)/](@ref \1)/g
s/\[([^]]*)\]\([^() :]*(\.(c|cpp|in|json|py)|LICENSE)\)/\1/g
# Doxygen names headings by itself.
s/(\]\([^() ]*\.md)#[a-z0-9-]+\)/\1)/g
# Quotes and backslashes in code spans are to it the beginning of a string and of a command.
s/`"`/<tt>\&quot;<\/tt>/g
s/`\\([a-z0-9]*)`/<tt>\\\\\1<\/tt>/g
