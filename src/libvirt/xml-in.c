// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads XML documents with libxml2: no network, no entities, no document types. */
#include <fcntl.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "lib/fd.h"
#include "lib/io.h"
#include "libvirt/xml-in.h"

#define XML	   (const xmlChar *)/* libxml2's type for bytes of UTF-8 */
#define BOM	   "\xef\xbb\xbf"
#define FIRST_ROOM ((size_t)1 << 16) /* in bytes; most files are smaller */
#define COMPARED   ((size_t)64) /* bytes to compare of two texts */

DEFINE_CLEANUP(xmlParserCtxt *, xmlFreeParserCtxt);

struct reading {
	const char *file;
	struct messages *messages;
	unsigned lines; /* lines before this document */
	bool is_bad; /* an error was reported */
	bool is_over; /* text follows the root of this document */
};

static void reading_refuse(struct reading *reading, xmlParserCtxt *parser,
			   const char *why)
{
	messages_add(reading->messages, MESSAGE_ERROR, reading->file,
		     reading->lines + (unsigned)xmlSAX2GetLineNumber(parser), "%s", why);
	reading->is_bad = true;
}

/* Refuses document types, and with them entities, which only they can define. libvirt prints neither, so neither is
 * ever read, whatever the version of libxml2 would do with them. */
static void refuse_document_type(void *context, const xmlChar *name,
				 const xmlChar *external, const xmlChar *system)
{
	xmlParserCtxt *parser = context;

	reading_refuse(
		parser->_private, parser,
		"it has a document type (DOCTYPE), which XML of libvirt never has");
	xmlStopParser(parser);
}

/* Whether the error is only that another document follows. */
static bool is_next_document(const xmlParserCtxt *parser, const xmlError *error)
{
	bool is_over = parser->myDoc && !parser->node &&
		       xmlDocGetRootElement(parser->myDoc);

	/* The errors for "<?xml …?>" in the middle, and for other text after a root. */
	return is_over && (error->code == XML_ERR_RESERVED_XML_NAME ||
			   error->code == XML_ERR_DOCUMENT_END);
}

#if LIBXML_VERSION >= 21200
static void on_error(void *context, const xmlError *error)
#else
static void on_error(void *context, xmlError *error)
#endif
{
	xmlParserCtxt *parser = context;
	struct reading *reading = parser->_private;
	const char *message = error->message ? error->message : "it is not well-formed";

	if (reading->is_bad || error->level < XML_ERR_ERROR)
		return;
	if (is_next_document(parser, error)) {
		reading->is_over = true;
		return;
	}
	messages_add(reading->messages, MESSAGE_ERROR, reading->file,
		     reading->lines + (error->line > 0 ? (unsigned)error->line : 0),
		     "no XML: %.*s", (int)strcspn(message, "\n"), message);
	reading->is_bad = true;
}

static unsigned count_lines(const char *text, size_t size)
{
	unsigned n = 0;

	for (size_t i = 0; i < size; i++)
		n += text[i] == '\n';
	return n;
}

/* Returns how many bytes of the text the parser has read; 0 if the text is not in UTF-8: the parser then reads a
 * converted copy, whose rest is not the rest of the text. */
static size_t count_read(const xmlParserCtxt *parser, const char *text, size_t size)
{
	const xmlChar *next = parser->input->cur;
	size_t left = (size_t)(parser->input->end - next);

	if (left >= size ||
	    memcmp(text + size - left, next, left < COMPARED ? left : COMPARED) != 0)
		return 0;
	return size - left;
}

static xmlParserCtxt *parser_new(struct reading *reading, const char *text, size_t size)
{
	xmlParserCtxt *parser = xmlCreateMemoryParserCtxt(text, (int)size);

	if (!parser)
		return NULL;
	/* Do not use XML_PARSE_NOERROR: since libxml2 2.13, on_error() would not be called. */
	(void)xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOWARNING |
						XML_PARSE_BIG_LINES);
	parser->_private = reading;
	parser->sax->internalSubset = refuse_document_type;
	parser->sax->serror = on_error;
	return parser;
}

/* Reads one document. *ret_used is its size in bytes. */
static int read_one(struct reading *reading, const char *text, size_t size,
		    xml_in_root_t on_root, void *context, size_t *ret_used)
{
	_cleanup_(xmlFreeParserCtxtp)
		xmlParserCtxt *parser = parser_new(reading, text, size);
	bool is_whole;
	xmlNode *root;
	int r = 0;

	if (!parser)
		return -ENOMEM;
	is_whole = xmlParseDocument(parser) == 0 || reading->is_over;
	root = parser->myDoc ? xmlDocGetRootElement(parser->myDoc) : NULL;
	*ret_used = size;
	if (!reading->is_bad && is_whole && root)
		r = on_root(root, reading->lines, context);
	else if (!reading->is_bad)
		r = -ENOMEM; /* the only failure without a message */
	if (r >= 0 && reading->is_over)
		*ret_used = count_read(parser, text, size);
	if (*ret_used == 0)
		reading_refuse(
			reading, parser,
			"what follows a document that is not in UTF-8 cannot be read: give it a file of its own");
	xmlFreeDoc(parser->myDoc);
	parser->myDoc = NULL;
	return r;
}

/* Whether a line begins with markup, after blanks. */
static bool is_markup(const char *line, size_t n)
{
	while (n > 0 && (*line == ' ' || *line == '\t' || *line == '\r')) {
		line++;
		n--;
	}
	return n > 0 && *line == '<';
}

/* Returns how many bytes precede the first line that begins with markup: all if none does. */
static size_t count_before_markup(const char *text, size_t size)
{
	size_t used = 0;

	while (used < size && !is_markup(text + used, size - used)) {
		const char *newline = memchr(text + used, '\n', size - used);

		used = newline ? (size_t)(newline - text) + 1 : size;
	}
	return used;
}

static bool is_blank(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!text[i] || !strchr(" \t\r\n", text[i]))
			return false;
	return true;
}

static bool has_bom(const char *text, size_t size)
{
	return size >= strlen(BOM) && memcmp(text, BOM, strlen(BOM)) == 0;
}

/* Skips prompts and commands of a shell that were copied with their output. Returns how many bytes to skip. */
static size_t skip_prompts(const struct reading *reading, const char *text, size_t size,
			   bool is_first)
{
	size_t n = count_before_markup(text, size);

	/* The parser reports the reason, for example an unknown encoding. */
	if (is_first && (n == size || has_bom(text, size)))
		return 0;
	if (!is_blank(text, n))
		messages_add(reading->messages, MESSAGE_WARNING, reading->file,
			     reading->lines + 1, "this is not XML, ignoring it");
	return n;
}

static void refuse_size(const char *file, struct messages *messages)
{
	messages_add(
		messages, MESSAGE_ERROR, file, 0,
		"it is larger than %u MiB, which is more than libvirt sends; refusing it",
		XML_IN_MAX >> 20);
}

static void reading_pass(struct reading *reading, const char **text, size_t *size,
			 size_t used)
{
	reading->lines += count_lines(*text, used);
	*text += used;
	*size -= used;
}

int xml_in_read(const char *file, const char *text, size_t size,
		struct messages *messages, xml_in_root_t on_root, void *context)
{
	struct reading reading = { .file = file, .messages = messages };

	assert(file);
	assert(text);
	assert(messages);
	assert(on_root);

	if (size == 0)
		messages_add(messages, MESSAGE_ERROR, file, 0, "it is empty");
	if (size > XML_IN_MAX) {
		refuse_size(file, messages);
		return 0;
	}
	for (bool is_first = true; size > 0 && !reading.is_bad; is_first = false) {
		size_t used = skip_prompts(&reading, text, size, is_first);
		int r = 0;

		reading_pass(&reading, &text, &size, used);
		if (size == 0)
			break;
		reading.is_over = false;
		r = read_one(&reading, text, size, on_root, context, &used);
		if (r < 0)
			return r;
		reading_pass(&reading, &text, &size, used);
	}
	return 0;
}

const char *xml_in_name(const char *path)
{
	return streq(path, "-") ? "stdin" : path;
}

static int open_input(const char *path)
{
	int fd;

	if (streq(path, "-"))
		fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	else
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	return fd < 0 ? -errno : fd;
}

/* Reads a whole file. Returns -EFBIG if it is longer than XML_IN_MAX. */
static int read_input(const char *path, char **ret_text, size_t *ret_size)
{
	_cleanup_close_ int fd = open_input(path);
	_cleanup_free_ char *text = NULL;
	size_t size = 0, room = FIRST_ROOM;

	if (fd < 0)
		return fd;
	for (;; room *= 2) {
		char *larger = realloc(text, room);
		ssize_t n;

		if (!larger)
			return -ENOMEM;
		text = larger;
		n = io_read(fd, text + size, room - size);
		if (n < 0)
			return (int)n;
		size += (size_t)n;
		if (size > XML_IN_MAX)
			return -EFBIG;
		if (size < room)
			break;
	}

	*ret_text = TAKE_PTR(text);
	*ret_size = size;
	return 0;
}

int xml_in_read_file(const char *path, const char *needle, struct messages *messages,
		     xml_in_root_t on_root, void *context)
{
	const char *name = xml_in_name(path);
	_cleanup_free_ char *text = NULL;
	size_t size = 0;
	int r;

	assert(path);
	assert(messages);
	assert(on_root);

	r = read_input(path, &text, &size);
	if (r == -EFBIG)
		refuse_size(name, messages);
	else if (r < 0 && r != -ENOMEM)
		messages_add(messages, MESSAGE_ERROR, name, 0, "cannot read: %s",
			     strerror(-r));
	if (r < 0 || (needle && !memmem(text, size, needle, strlen(needle))))
		return r;
	return xml_in_read(name, text, size, messages, on_root, context);
}

unsigned xml_in_line(const xmlNode *element, unsigned lines)
{
	long line = xmlGetLineNo(element);

	return lines + (line > 0 ? (unsigned)line : 0);
}

const xmlNode *xml_in_child_with(const xmlNode *parent, const char *name,
				 const char *attribute, const char *value)
{
	const xmlNode *child = parent ? parent->children : NULL;

	for (; child; child = child->next) {
		xmlChar *found;
		bool is_it;

		if (child->type != XML_ELEMENT_NODE ||
		    !xmlStrEqual(child->name, XML name))
			continue;
		if (!attribute)
			return child;
		found = xmlGetProp(child, XML attribute);
		is_it = xmlStrEqual(found, XML value);
		xmlFree(found);
		if (is_it)
			return child;
	}
	return NULL;
}

const xmlNode *xml_in_child(const xmlNode *parent, const char *name)
{
	return xml_in_child_with(parent, name, NULL, NULL);
}

/* Copies text to a string without white space at its ends, and frees text. */
static int text_take(xmlChar *text, char **ret_text)
{
	static const char blanks[] = " \t\r\n";
	const char *begin = (const char *)text;
	char *copy = NULL;
	size_t n;

	if (!text)
		return 0;
	begin += strspn(begin, blanks);
	n = strlen(begin);
	while (n > 0 && strchr(blanks, begin[n - 1]))
		n--;
	if (n > 0)
		copy = strndup(begin, n);
	xmlFree(text);
	if (n > 0 && !copy)
		return -ENOMEM;

	*ret_text = copy;
	return 0;
}

int xml_in_text(const xmlNode *element, char **ret_text)
{
	return element ? text_take(xmlNodeGetContent(element), ret_text) : 0;
}

int xml_in_attribute(const xmlNode *element, const char *name, char **ret_text)
{
	return element ? text_take(xmlGetProp(element, XML name), ret_text) : 0;
}
