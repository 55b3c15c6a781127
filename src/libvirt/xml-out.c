// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes XML with libxml2, which escapes texts; several elements may follow each other. */
#include <inttypes.h>
#include <stdarg.h>

#include "libvirt/xml-text.h"
#include "libvirt/xml-out.h"

#define XML (const xmlChar *)/* libxml2's type for bytes of UTF-8 */

static void xml_out_keep_error(struct xml_out *xml, int r)
{
	if (r < 0)
		xml->failed = true;
}

int xml_out_init(struct xml_out *xml)
{
	struct xml_out made = { 0 };

	assert(xml);

	made.buffer = xmlBufferCreate();
	made.writer = made.buffer ? xmlNewTextWriterMemory(made.buffer, 0) : NULL;
	if (!made.writer) {
		xml_out_done(&made);
		return -ENOMEM;
	}
	/* Use the format of libvirt. */
	xml_out_keep_error(&made, xmlTextWriterSetIndent(made.writer, 1));
	xml_out_keep_error(&made, xmlTextWriterSetIndentString(made.writer, XML "  "));
	xml_out_keep_error(&made, xmlTextWriterSetQuoteChar(made.writer, '\''));

	*xml = made;
	return 0;
}

void xml_out_open(struct xml_out *xml, const char *name)
{
	assert(xml);
	assert(name);

	xml_out_keep_error(xml, xmlTextWriterStartElement(xml->writer, XML name));
}

void xml_out_close(struct xml_out *xml)
{
	assert(xml);

	xml_out_keep_error(xml, xmlTextWriterEndElement(xml->writer));
}

void xml_out_text(struct xml_out *xml, const char *name, const char *text)
{
	_cleanup_free_ char *clean = NULL;

	assert(xml);
	assert(name);
	assert(text);

	clean = xml_text_clean(text);
	xml_out_keep_error(xml, clean ? xmlTextWriterWriteElement(xml->writer, XML name,
								  XML clean) :
					-1);
}

void xml_out_attribute(struct xml_out *xml, const char *name, const char *value)
{
	_cleanup_free_ char *clean = NULL;

	assert(xml);
	assert(name);
	assert(value);

	clean = xml_text_clean(value);
	xml_out_keep_error(xml, clean ? xmlTextWriterWriteAttribute(xml->writer, XML name,
								    XML clean) :
					-1);
}

void xml_out_attribute_number(struct xml_out *xml, const char *name, uint64_t value)
{
	char text[sizeof("18446744073709551615")];

	(void)snprintf(text, sizeof(text), "%" PRIu64, value);
	xml_out_attribute(xml, name, text);
}

void xml_out_comment(struct xml_out *xml, const char *format, ...)
{
	_cleanup_free_ char *text = NULL, *clean = NULL;
	va_list arguments;
	int r;

	assert(xml);
	assert(format);

	va_start(arguments, format);
	r = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (r < 0)
		text = NULL;
	clean = text ? xml_comment_clean(text) : NULL;
	xml_out_keep_error(xml, clean ? xmlTextWriterWriteFormatComment(xml->writer,
									" %s ", clean) :
					-1);
}

int xml_out_read(struct xml_out *xml, const char **ret_text)
{
	assert(xml);
	assert(ret_text);

	xml_out_keep_error(xml, xmlTextWriterFlush(xml->writer));
	if (xml->failed)
		return -ENOMEM;
	*ret_text = (const char *)xmlBufferContent(xml->buffer);
	return 0;
}

int xml_out_print(struct xml_out *xml)
{
	const char *text;
	int r;

	assert(xml);

	r = xml_out_read(xml, &text);
	if (r < 0)
		return r;
	if (fputs(text, stdout) < 0 || fflush(stdout) != 0 || ferror(stdout))
		return -EIO;
	return 0;
}

void xml_out_done(struct xml_out *xml)
{
	if (xml->writer)
		xmlFreeTextWriter(xml->writer);
	if (xml->buffer)
		xmlBufferFree(xml->buffer);
	*xml = (struct xml_out){ 0 };
}
