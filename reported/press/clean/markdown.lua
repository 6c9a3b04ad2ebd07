-- Markdown cells and HTML outputs to HTML or Typst, by `pandoc lua answer.lua markdown.lua`: a line of request, a line of
-- answer. In between it may send {"raw": [html, …]} and expects the same list cleaned.
-- Request (JSON): {"to": "html" | "typst", "shift": 0 | 1, "anchors": [id, …], "rows": [id of a table's row, …],
--   "max_rows": n, "max_columns": n, "pieces": [{"format": "markdown" | "html", "text": …, "file": name of the notebook}],
--   "formulas": [{"source": with its dollar signs, "tex": …}]}; a formula waits as its number, counted from 0, between U+F8F3 and U+F8F4
-- Answer: {"pieces": [text | false, …], "headings": [[level, id, text], …], "titled": bool, "images": [[piece, address], …]}
-- A piece that pandoc cannot read is answered by `false`. Nothing is opened and nothing is requested here: pandoc's
-- readers get an empty sandbox, since that of HTML would otherwise fetch what a frame names.

local request = pandoc.json.decode(io.read('l'), false)
local to_typst = request.to == 'typst'

-- What JupyterLab understands: GitHub's Markdown with formulas between dollar signs and footnotes. Citations, raw TeX
-- and raw attributes are not part of it, so that `@x` and `{=typst}` stay text. An extension is taken away only where
-- it could matter: each takes pandoc as long as reading a paragraph.
local function format_of(text)
  return 'gfm' .. (text:find('$', 1, true) and '-tex_math_dollars-tex_math_gfm' or '') .. (text:find(':[%w_+-]+:') and '-emoji' or '')
    .. (text:find('^%s*%-%-%-') and '-yaml_metadata_block' or '')
end

local options = pandoc.WriterOptions { wrap_text = 'none' }
local stringify = pandoc.utils.stringify

local function typst_string(text)
  return '"' .. text:gsub('[\\"\n\t\r]',
    { ['\\'] = '\\\\', ['"'] = '\\"', ['\n'] = '\\n', ['\t'] = '\\t', ['\r'] = '' }) .. '"'
end

local function raw_inline(text) return pandoc.RawInline('typst', text) end
local function raw_block(text) return pandoc.RawBlock('typst', text) end

-- All pieces are written at once, since each call of pandoc's writers takes half a millisecond before it begins. Two
-- control characters, which no piece holds, stand between pieces and where space must be closed up.
local between, joint = '\1', '\2'

local function parse(text, format) return pandoc.read(text, format, nil, {}) end

local function written(blocks, to)
  return (pandoc.write(pandoc.Pandoc(blocks), to, options):gsub('%s*' .. joint .. '%s*', ''))
end

-- A text with the formulas that wait in it as they were written, or as TeX alone.
local function with_sources(text, name)
  return (text:gsub('\u{F8F3}(%d+)\u{F8F4}', function(number) return request.formulas[tonumber(number) + 1][name or 'source'] end))
end

-- ---------------------------------------------------------------- reading

-- An old `name` of an anchor's tag is its id.
local function with_id(tag)
  return tag:find('%sid%s*=') and tag or (tag:gsub('(%s)name(%s*=)', '%1id%2'))
end

-- Raw HTML inside Markdown is read with the rest of its piece for print: written as HTML, cleaned as for a page, and
-- read again, while footnotes, which would not survive, wait under a number. Uncleaned HTML is never
-- read: tags that nobody closed take the reader exponential time.
local function as_html_alone(document)
  local kept = {}
  local function wait(element)
    kept[#kept + 1] = element
    return pandoc.Span({ pandoc.Str('x') }, pandoc.Attr('', { 'kept' }, { title = tostring(#kept) }))
  end
  local html = pandoc.write(document:walk { Note = wait }, 'html', options)
  return (html:gsub('<[aA]%s[^>]*>', with_id)), kept
end

local function read_again(html, kept)
  return parse(html, 'html'):walk {
    Span = function(span)
      local number = span.classes:includes('kept') and tonumber(span.attributes.title)
      return number and kept[number] or nil
    end,
  }
end

local function has_raw_html(document)
  local found = false
  document:walk {
    RawInline = function(raw) found = found or raw.format == 'html' end,
    RawBlock = function(raw) found = found or raw.format == 'html' end,
  }
  return found
end

-- Boxes: GitHub's alerts, which pandoc reads, and the directives of MyST, which are fences with a name in braces. Any
-- other directive stays a listing, with its name.
local boxes = {}
for name in ('admonition attention caution danger error hint important note seealso tip warning'):gmatch('%a+') do
  boxes[name] = true
end

local function with_boxes(document)
  return document:walk {
    Div = function(div)
      if div.classes[1] and boxes[div.classes[1]] and div.content[1] and div.content[1].t == 'Div' then
        return pandoc.Div(div.content, pandoc.Attr('', { 'alert', 'alert-' .. div.classes[1] }))
      end
    end,
    CodeBlock = function(block)
      local name = (block.classes[1] or ''):match('^{([%w:.-]+)}$')
      if not name then return nil end
      local title, text = block.text:match('^\3([^\n]*)\n?(.*)$')
      if not boxes[name] then
        local first = '{' .. name .. '}' .. (title and ' ' .. title or '')
        return pandoc.CodeBlock(first .. '\n' .. (text or block.text))
      end
      title = title or name:sub(1, 1):upper() .. name:sub(2)
      local content = parse(text or block.text, format_of(text or block.text)).blocks
      content:insert(1, pandoc.Div({ pandoc.Para { pandoc.Str(title) } }, pandoc.Attr('', { 'title' })))
      return pandoc.Div(content, pandoc.Attr('', { 'alert', 'alert-' .. name }))
    end,
  }
end

local function read(piece)
  -- a table's last row is read as one only where a line ends
  local text = piece.text:gsub('[' .. between .. joint .. ']', '') .. '\n'
  if piece.format == 'html' then return parse(text, 'html') end
  return with_boxes(parse(text, format_of(text)))
end

-- All documents, raw HTML in them cleaned by whoever asks.
local function read_all(pieces)
  local documents, raw = {}, pandoc.List()
  for number, piece in ipairs(pieces) do
    local fine, document = pcall(read, piece)
    documents[number] = fine and document or false
    if fine and to_typst and piece.format == 'markdown' and has_raw_html(document) then
      local html, kept = as_html_alone(document)
      raw:insert { number = number, html = html, kept = kept }
    end
  end
  if #raw == 0 then return documents end
  io.write(pandoc.json.encode { raw = raw:map(function(each) return each.html end) }, '\n')
  io.flush()
  for place, html in ipairs(pandoc.json.decode(io.read('l'), false)) do
    local fine, document = pcall(read_again, html, raw[place].kept)
    documents[raw[place].number] = fine and document or false
  end
  return documents
end

-- ---------------------------------------------------------------- headings and anchors, over all pieces

local known, rows, taken, headings, titled = {}, {}, {}, {}, false
for _, id in ipairs(request.anchors) do known[id], taken[id] = true, true end
for _, id in ipairs(request.rows) do rows[id], known[id], taken[id] = true, true, true end

-- GitHub's way: no punctuation, spaces as hyphens; bytes above 127 are letters of other scripts
local function slug(text)
  text = pandoc.text.lower(text:gsub('^%s+', ''):gsub('%s+$', ''))
  return (text:gsub('[%z\1-\31!-,./:-@%[\\%]^`{-~]', ''):gsub('[\226][\128-\130][\128-\191]', ''):gsub(' ', '-'))
end

-- Characters that some make part of an anchor and others leave out: the first and last of each range.
local marks = {
  { 0x00, 0x2f }, { 0x3a, 0x40 }, { 0x5b, 0x60 }, { 0x7b, 0xbf }, { 0xd7, 0xd7 }, { 0xf7, 0xf7 }, { 0x2000, 0x206f },
  { 0x2190, 0x2bff }, { 0x3000, 0x303f }, { 0xfe00, 0xfe0f }, { 0xff00, 0xff0f }, { 0x1f000, 0x1faff },
}

-- Letters and digits alone: what all ways of making an anchor agree on.
local function bare(text)
  local kept = {}
  for _, code in utf8.codes(pandoc.text.lower(text), true) do
    local mark = false
    for _, range in ipairs(marks) do mark = mark or code >= range[1] and code <= range[2] end
    if not mark then kept[#kept + 1] = utf8.char(code) end
  end
  return table.concat(kept)
end

-- Under which names each notebook's headings can be reached: JupyterLab's, GitHub's and pandoc's. A heading that comes
-- twice keeps the plain name for the first and gets `-1`, as on GitHub.
local places = {}

local function place_of(file)
  places[file] = places[file] or { first = nil, ids = {}, bare = {} }
  return places[file]
end

local function note_heading(file, text, id)
  local place = place_of(file)
  place.first = place.first or id
  local wanted = slug(text)
  local github, count = wanted, 0
  while place.ids[github] do
    count = count + 1
    github = wanted .. '-' .. count
  end
  for _, name in ipairs { github, (text:gsub(' ', '-')), (wanted:gsub('^[^%a\128-\255]+', '')) } do
    place.ids[name] = place.ids[name] or id
  end
  place.bare[bare(text)] = place.bare[bare(text)] or id
end

local function unique(wanted)
  local name, count = wanted, 0
  while taken[name] do
    count = count + 1
    name = wanted .. '-' .. count
  end
  taken[name], known[name] = true, true
  return name
end

local function text_of(inlines)
  local without = pandoc.Inlines(inlines):walk { Note = function() return {} end }
  return (with_sources(stringify(without), 'tex'):gsub('%s+', ' '):gsub('^ ', ''):gsub(' $', ''))
end

-- Levels: at most one h1, at the very start and without a shift; no level is skipped.
local function number_headings(documents)
  local levels, first_level, h1 = {}, nil, 0
  for number, document in ipairs(documents) do
    if document and request.pieces[number].format == 'markdown' then
      document:walk {
        Header = function(header)
          if text_of(header.content) == '' then return end
          first_level = first_level or header.level
          if header.level == 1 then h1 = h1 + 1 end
        end,
      }
    end
  end
  titled = request.shift == 0 and first_level == 1
  local extra = request.shift == 1 and 1 or ((titled and h1 > 1 or not titled and h1 > 0) and 1 or 0)
  local before, seen_title = titled and 0 or 1, false
  for number, document in ipairs(documents) do
    if document then
      documents[number] = document:walk {
        Header = function(header)
          local text = text_of(header.content)
          if text == '' then return pandoc.Para(header.content) end
          if request.pieces[number].format == 'html' then
            return pandoc.Para { pandoc.Strong(header.content) }
          end
          local level
          if titled and not seen_title then
            level, seen_title = 1, true
          else
            level = math.min(math.max(header.level + extra, 2), before + 1, 6)
          end
          before = level
          local id = unique(slug(text) ~= '' and slug(text) or 'section')
          headings[#headings + 1] = { level, id, text }
          note_heading(request.pieces[number].file, text, id)
          return pandoc.Header(level, header.content, pandoc.Attr(id))
        end,
      }
    end
  end
end

local function note_ids(document)
  local function of_element(element)
    if element.identifier ~= '' then known[element.identifier] = true end
  end
  local function of_raw(raw)
    for id in raw.text:gmatch('%sid=["\']([^"\']+)["\']') do known[id] = true end
    for id in raw.text:gmatch('<[aA]%s[^>]-name=["\']([^"\']+)["\']') do known[id] = true end
  end
  document:walk { Span = of_element, Div = of_element, RawInline = of_raw, RawBlock = of_raw }
end

local function decoded(address)
  return (address:gsub('%%(%x%x)', function(hex) return string.char(tonumber(hex, 16)) end))
end

local current = 0  -- the piece being converted

-- The id that an address within the document leads to. A name is first sought in the notebook that the link is in, or
-- that it names (`02-method.ipynb#Sources`, where that is a chapter too); nil where it leads nowhere.
local function id_of(address)
  local path, name = address:match('^([^#]*)#?(.*)$')
  path, name = decoded(path), decoded(name)
  local place = places[request.pieces[current].file]
  if path ~= '' then
    place = path:match('%.ipynb$') and places[path:match('[^/]*$')]
    if not place then return nil end
    if name == '' then return place.first end
  end
  local found = place and (place.ids[name] or place.ids[slug(name)])
  if found or known[name] then return found or name end
  if path == '' and (name == '' or name == 'top') then return not to_typst and 'page.main' or nil end
  local key = bare(name)
  if key ~= '' and place and place.bare[key] then return place.bare[key] end
  if path ~= '' then return place.first end
  for _, piece in ipairs(request.pieces) do
    local other = places[piece.file]
    found = other and (other.ids[name] or other.ids[slug(name)] or key ~= '' and other.bare[key])
    if found then return found end
  end
  return nil
end

local function is_inside(address)
  return address:sub(1, 1) == '#' or places[decoded(address:match('^[^#]*')):match('[^/]*$')] ~= nil
    and not address:match('^%a[%w+.-]*:')
end

-- A link inside the document: to what is there, or its words with the title in brackets.
local function resolved(link)
  if not is_inside(link.target) then
    if not link.target:match('^https?://') and not link.target:match('^mailto:') and to_typst then
      return link.content
    end
    return nil
  end
  local id = id_of(link.target)
  if not id then
    if link.title == '' then return link.content end
    return link.content .. { pandoc.Space(), pandoc.Str('(' .. link.title .. ')') }
  end
  if to_typst then
    return { raw_inline('#to(' .. typst_string(id) .. ')['), table.unpack(link.content .. { raw_inline('];') }) }
  end
  -- a row's panel says what the title would
  return pandoc.Link(link.content, '#' .. id, rows[id] and '' or link.title, link.attr)
end

-- Links and anchors that are written as HTML tags, for the page: a link leads to what is there or is none.
local function resolved_tags(raw)
  if to_typst or raw.format ~= 'html' or not raw.text:find('<[aA]%s') then return nil end
  raw.text = raw.text:gsub('<[aA]%s[^>]*>', function(tag)
    return with_id(tag):gsub('(%s)href%s*=%s*(["\'])(.-)%2', function(space, quote, address)
      if not is_inside(address) then return nil end
      local id = id_of(address)
      return id and space .. 'href=' .. quote .. '#' .. id .. quote or space
    end)
  end)
  return raw
end

-- ---------------------------------------------------------------- HTML

-- Footnotes are counted through all pieces, and each piece keeps its own beneath its text.
local counted = 0

local function with_notes(document)
  local first, notes = counted + 1, {}
  document = document:walk {
    Note = function(note)
      counted = counted + 1
      notes[#notes + 1] = note.content
      return pandoc.RawInline('html', ('<a id="fnref-%d" class="footnote-ref" href="#fn-%d" '
        .. 'role="doc-noteref"><sup>%d</sup></a>'):format(counted, counted, counted))
    end,
  }
  if #notes == 0 then return document end
  local function raw(html) document.blocks:insert(pandoc.RawBlock('html', html)) end
  raw(('<section class="footnotes" role="doc-endnotes"><ol start="%d">'):format(first))
  for place, blocks in ipairs(notes) do
    local number = first + place - 1
    local back = pandoc.RawInline('html', (' <a class="footnote-back" href="#fnref-%d" '
      .. 'role="doc-backlink" aria-label="Back to the text">↩</a>'):format(number))
    local last = blocks[#blocks]
    if last and (last.t == 'Para' or last.t == 'Plain') then
      last.content:insert(back)
    else
      blocks:insert(pandoc.Plain { back })
    end
    raw(('<li id="fn-%d">'):format(number))
    document.blocks:extend(blocks)
    raw('</li>')
  end
  raw('</ol></section>')
  return document
end

-- without its language: pandoc would colour it
local function html_listing(block) return pandoc.CodeBlock(block.text) end

-- A list's item with a formula is a paragraph, which can scroll where the formula is wide.
local function html_items(list)
  for _, item in ipairs(list.content) do
    for place, block in ipairs(item) do
      if block.t == 'Plain' and stringify(block):find('\u{F8F3}', 1, true) then item[place] = pandoc.Para(block.content) end
    end
  end
  return list
end

-- A task's box is a sign: pandoc would write an element of a form, which the sanitiser takes away.
local function html_tasks(list)
  for _, item in ipairs(list.content) do
    local words = item[1] and item[1].content
    local sign = words and words[1] and words[1].text
    if sign == '☐' or sign == '☒' then words[1] = pandoc.RawInline('html', sign) end
  end
  return html_items(list)
end

local function as_html(document)
  return with_notes(document:walk {
    CodeBlock = html_listing, OrderedList = html_items, BulletList = html_tasks,
  }).blocks
end

-- ---------------------------------------------------------------- Typst

local images = pandoc.List()
-- A length of HTML or CSS; 96 pixels are an inch.
local units = { [''] = 0.75, px = 0.75, pt = 1, ['in'] = 72, cm = 28.35, mm = 2.835, em = 9.75, rem = 9.75 }

local function typst_length(written)
  local number, unit = (written or ''):match('^%s*([%d.]+)%s*([%a%%]*)')
  if not tonumber(number) or tonumber(number) == 0 then return 'auto' end
  if unit == '%' then return math.min(tonumber(number), 100) .. '%' end
  return units[unit] and tonumber(number) * units[unit] .. 'pt' or 'auto'
end

local function typst_image(image)
  images:insert({ current, image.src })
  local alt = with_sources(stringify(image.caption), 'tex')
  local style = ';' .. (image.attributes.style or ''):gsub('%s*([:;])%s*', '%1')
  local function side(name) return typst_length(image.attributes[name] or style:match(';' .. name .. ':([^;]*)')) end
  return raw_inline(('#picture(%s, alt: %s, width: %s, height: %s);'):format(
    typst_string(current - 1 .. ':' .. image.src), typst_string(alt), side('width'), side('height')))
end

-- Where a link may lead beside headings
local function anchored(id)
  return pandoc.Inlines(id ~= '' and known[id] and { raw_inline('#anchor(' .. typst_string(id) .. ');') } or {})
end

local function typst_text(str) return raw_inline('#' .. typst_string(str.text) .. ';') end

-- Text in which formulas wait as text and formulas.
local function with_formulas(str)
  if not str.text:find('\u{F8F3}', 1, true) then return nil end
  local out, at = pandoc.Inlines {}, 1
  for from, formula, to in str.text:gmatch('()(\u{F8F3}%d+\u{F8F4})()') do
    if from > at then out:insert(pandoc.Str(str.text:sub(at, from - 1))) end
    out:insert(pandoc.Math('InlineMath', formula))
    at = to
  end
  if at <= #str.text then out:insert(pandoc.Str(str.text:sub(at))) end
  return out
end

local function typst_math(math)
  return raw_inline(math.text:find('^\u{F8F3}') and math.text or '#raw(' .. typst_string(math.text) .. ');')
end

-- Colours and weight of an element, as colours.py writes them, for Typst: its fill, and the arguments of its text.
local function typst_fill(style)
  local angle, stops = style:match('background:linear%-gradient%((%d+)deg,([^)]*)%)')
  if not stops then
    local colour = style:match('background%-color:(#%x+)')
    return colour and 'rgb("' .. colour .. '")'
  end
  local out, last = {}, nil
  for colour, place in stops:gmatch('(#%x+) ([%d.]+)%%') do
    if not last and tonumber(place) > 0 then out[1] = ('(rgb("%s"), 0%%)'):format(colour) end
    out[#out + 1] = ('(rgb("%s"), %s%%)'):format(colour, place)
    last = colour
    if tonumber(place) >= 100 then break end
  end
  if not last then return nil end
  out[#out + 1] = ('(rgb("%s"), 100%%)'):format(last)
  return ('gradient.linear(%s, angle: %sdeg)'):format(table.concat(out, ', '), (tonumber(angle) - 90) % 360)
end

local function typst_look(style)
  style = ';' .. style:gsub('%s*([:;])%s*', '%1')
  local arguments = {}
  local colour = style:match(';color:(#%x+)') or style:match(';color:light%-dark%((#%x+)')
  if colour then arguments[#arguments + 1] = 'fill: rgb("' .. colour .. '")' end
  local weight = style:match(';font%-weight:(%w+)')
  if weight == 'bold' or (tonumber(weight) or 0) >= 600 then arguments[#arguments + 1] = 'weight: "semibold"' end
  if style:match(';font%-style:italic') then arguments[#arguments + 1] = 'style: "italic"' end
  return typst_fill(style), table.concat(arguments, ', ')
end

local function typst_span(span)
  local fill, look = typst_look(span.attr.attributes.style or '')
  if span.classes:includes('kbd') then return { raw_inline('#kbd['), table.unpack(span.content .. { raw_inline(']') }) } end
  local content = span.content
  if span.classes:includes('mark') then fill = fill or 'luma(90%)' end
  if look ~= '' then
    content = pandoc.Inlines { raw_inline('#text(' .. look .. ')[') } .. content .. { raw_inline(']') }
  end
  if fill then
    content = pandoc.Inlines { raw_inline('#highlight(fill: ' .. fill .. ')[') } .. content .. { raw_inline(']') }
  end
  return content
end

local function typst_code(code) return raw_inline('#raw(' .. typst_string(code.text) .. ');') end

local function typst_listing(block)
  return raw_block('#listing(raw(block: true, ' .. typst_string(block.text) .. '))')
end

local function typst_heading(header)
  -- a running head repeats it, and may hold neither links nor notes: those stand beneath it
  local notes = pandoc.Blocks {}
  local body = header.content:walk {
    Link = function(link) return link.content end,
    Note = function(note) notes:extend(note.content) return {} end,
  }
  local title = header.level == 1
  body:insert(1, raw_inline(title and '#masthead[' or ('#heading(level: %d)['):format(header.level - 1)))
  if title then body:insert(1, anchored(header.identifier)[1]) end
  body:insert(raw_inline(title and ']' or (']#label(%s)'):format(typst_string(header.identifier))))
  return pandoc.Blocks { pandoc.Para(body) } .. notes
end

-- what may stand in a column of numbers instead of one
local not_numbers = { [''] = true, nan = true, none = true, nat = true, ['<na>'] = true, ['…'] = true, ['...'] = true }

-- 1 for a number, 0 for what may stand instead of one, nil for other text
local function number_of(text)
  if not_numbers[text:lower()] then return 0 end
  local digits = text:gsub('^%(?[%-%+−<>~≈$€£¥]*%s?', ''):gsub('%)?%s?[%%‰]?$', '')
  return (digits:match("^%d[%d ,.'\194\160\226\128\175]*$") or digits:match('^%d[%d.]*[eE][%-%+]?%d+$')) and 1 or nil
end

-- Typst code before or after blocks
local function code(text) return raw_block(joint .. text .. joint) end

-- A cell's text as lines of words; formulas and pictures, which are measured as they are; and the tables within it.
local function contents_of(blocks)
  local lines, line, formulas, pictures, tables = {}, {}, pandoc.List(), pandoc.List(), pandoc.List()
  local codes = pandoc.List()
  local function break_line()
    if #line > 0 then lines[#lines + 1] = table.concat(line) end
    line = {}
  end
  pandoc.Blocks(blocks):walk {
    traverse = 'topdown',
    Table = function(inner) break_line() tables:insert(inner) return inner, false end,
    Plain = function() break_line() end,
    Para = function() break_line() end,
    CodeBlock = function(block)
      break_line()
      line[1] = block.text
      codes:insert((block.text:gsub('(%S)(%s)', '%1mm%2')) .. 'mm')  -- a listing is set in
      break_line()
    end,
    LineBreak = function() break_line() end,
    Str = function(str) line[#line + 1] = str.text end,
    Code = function(str)
      line[#line + 1] = str.text
      codes:insert(str.text)
    end,
    Space = function() line[#line + 1] = ' ' end,
    SoftBreak = function() line[#line + 1] = ' ' end,
    Math = function(math) formulas:insert(pandoc.Math('InlineMath', math.text)) end,
    RawInline = function(raw) if raw.text:find('^#picture') then pictures:insert(raw) end end,
    Note = function(note) return note, false end,
  }
  break_line()
  return lines, formulas, pictures, tables, codes
end

-- Where a long word may go on in the next line of a cell: after its marks, between a small and a capital letter, and
-- anywhere in what is still long then. Numbers are never broken.
local longest_part, longest_number = 20, 40

local function parts_of(word)
  if #word <= 8 or number_of(word) and #word <= longest_number then return { word } end
  local parts = {}
  local marked = word:gsub('([%a%d][_/.,:;=&?%-]+)(%f[%a])', '%1' .. between .. '%2'):gsub('(%l)(%u)', '%1' .. between .. '%2')
    :gsub('(_+)(%d)', '%1' .. between .. '%2')
  for part in marked:gmatch('[^' .. between .. ']+') do
    local length = utf8.len(part) or #part
    if length <= longest_part then
      parts[#parts + 1] = part
    else
      for _, character in utf8.codes(part) do parts[#parts + 1] = utf8.char(character) end
    end
  end
  return parts
end

-- Text in the cells of a table, with the places where it may be broken.
local function typst_cell_text(str)
  local parts = parts_of(str.text)
  if #parts == 1 then return raw_inline('#' .. typst_string(str.text) .. ';') end
  for number, part in ipairs(parts) do parts[number] = typst_string(part) end
  return raw_inline('#breakable(' .. table.concat(parts, ', ') .. ');')
end

-- About how wide a text is; only good enough to choose which texts are measured.
local function roughly(text)
  local narrow = select(2, text:gsub("[il.,;:'|!jtfI() ]", ''))
  local broad = select(2, text:gsub('[mwMW@%%A-Z_]', '')) + select(2, text:gsub('[\227-\244]', ''))
  return (utf8.len(text) or #text) - 0.4 * narrow + 0.4 * broad
end

local most_measured = 3

-- The widest of a column's texts, kept in order.
local function note_widest(list, text)
  if text == '' or list[text] then return end
  local width = roughly(text)
  if #list == most_measured and width <= list[#list].width then return end
  list[text] = true
  list:insert({ text = text, width = width })
  list:sort(function(one, other) return one.width > other.width end)
  if #list > most_measured then list[list:remove().text] = nil end
end

local function typst_array(list, written_as)
  local out = {}
  for number, item in ipairs(list) do out[number] = written_as(item) .. ', ' end
  return '(' .. table.concat(out) .. ')'
end

-- Rows with the columns that their cells begin in: spans end where their part of the table does, and what no cell
-- covers is an empty one.
local function grid_of(rows, columns)
  local out, covered = {}, {}
  for y, row in ipairs(rows) do
    local cells, x = {}, 1
    local function skip()
      while (covered[x] or 0) >= y do x = x + 1 end
    end
    for _, cell in ipairs(row.cells) do
      skip()
      local height = math.min(math.max(cell.row_span, 1), #rows - y + 1)
      local span, wanted = 0, math.min(cell.col_span, 1000)  -- as far as browsers go
      repeat
        covered[x + span] = y + height - 1
        span = span + 1
      until span >= wanted or (covered[x + span] or 0) >= y
      cells[#cells + 1] = { x = x, span = span, height = height, cell = cell }
      x = x + span
    end
    for column = 1, columns do
      if (covered[column] or 0) < y then
        covered[column] = y
        cells[#cells + 1] = { x = column, span = 1, height = 1 }
      end
    end
    table.sort(cells, function(one, other) return one.x < other.x end)
    out[y] = cells
  end
  return out
end

local function width_of(rows)
  local columns = 0
  for _, cells in ipairs(grid_of(rows, 0)) do
    for _, place in ipairs(cells) do columns = math.max(columns, place.x + place.span - 1) end
  end
  return columns
end

-- A table that is somebody's HTML or Markdown. How it is laid out is decided in Typst, from the texts that are widest in
-- each column. Rows and columns beyond the limits are left out, and a line says so. `alone`: it stands in the text
-- itself, and may have a page on its side. Returns blocks, and for a table around this one a line about as wide.
local function typst_table(block, alone)
  local body = pandoc.List()
  for _, part in ipairs(block.bodies) do
    body:extend(part.head)
    body:extend(part.body)
  end
  local head, foot = block.head.rows, block.foot.rows
  local columns = math.max(#block.colspecs, width_of(head), width_of(body), width_of(foot))
  local shown = math.min(columns, request.max_columns)
  local rows_left = math.max(#body - request.max_rows, 0)
  for _ = 1, rows_left do body:remove() end
  local row_heads = block.bodies[1] and block.bodies[1].row_head_columns or 0

  local align, found, measured = {}, {}, {}
  local given = { AlignRight = 'right', AlignCenter = 'center', AlignLeft = 'left' }
  for x = 1, shown do
    found[x] = 0
    measured[x] = { words = pandoc.List(), lines = pandoc.List(), fixed = pandoc.List(), formulas = pandoc.List(),
      pictures = pandoc.List(), codes = pandoc.List() }
  end
  local long, rows, spans = false, pandoc.Blocks {}, {}

  local function measure(place, kind)
    local lines, formulas, pictures, tables, codes = contents_of(place.cell.contents)
    local text = table.concat(lines, ' ')
    if #text > 400 or #tables + #pictures > 0 then long = true end
    local column = measured[place.x]
    if place.span > 1 then
      local key = place.x .. ' ' .. place.span
      column = spans[key] or { words = pandoc.List(), lines = pandoc.List(), fixed = pandoc.List(), formulas = pandoc.List(),
        pictures = pandoc.List(), codes = pandoc.List(), x = place.x, span = math.min(place.span, shown - place.x + 1) }
      spans[key] = column
    end
    if kind == 'body' and place.span == 1 and found[place.x] and place.x > row_heads then
      local number = #formulas + #pictures + #tables == 0 and number_of(text)
      found[place.x] = number and math.max(number, found[place.x]) or nil
    end
    for _, line in ipairs(lines) do
      note_widest(column.lines, line)
      for word in line:gmatch('%S+') do
        local fixed = number_of(word) and #word <= longest_number
        for _, part in ipairs(fixed and { word } or parts_of(word)) do
          note_widest(fixed and column.fixed or column.words, part)
        end
      end
    end
    for _, text in ipairs(codes) do
      for word in text:gmatch('%S+') do
        for _, part in ipairs(parts_of(word)) do note_widest(column.codes, part) end
      end
    end
    if #column.formulas < most_measured then column.formulas:extend(formulas) end
    if #column.pictures < most_measured then column.pictures:extend(pictures) end
    return tables
  end

  local function add(list, kind)
    for y, cells in ipairs(grid_of(list, columns)) do
      local of_row = list[y].attr.attributes.style or ''
      rows:insert(code('("' .. kind .. '", ('))
      for _, place in ipairs(cells) do
        if place.x <= shown then
          local contents = pandoc.Blocks {}
          if place.cell then
            local tables = measure(place, kind)
            contents = place.cell.contents
            if #tables > 0 then
              local inner = 0
              contents = contents:walk {
                traverse = 'topdown',
                Table = function(nested)
                  local set, line = typst_table(nested, false)
                  inner = inner + 1
                  note_widest(measured[place.x].fixed, line)
                  return set, false
                end,
              }
            end
          end
          local style = place.cell and place.cell.attr.attributes.style or ''
          local fill, look = typst_look(of_row .. ';' .. style)
          if place.cell and #contents > 0 and look ~= '' then
            contents = pandoc.Blocks { code('#text(' .. look .. ')['), table.unpack(contents) } .. { code(']') }
          end
          rows:insert(code(('(none, %d, %d, %d, %s, ['):format(place.x - 1, math.min(place.span, shown - place.x + 1),
            place.height, fill or 'auto')))
          rows:extend(contents)
          rows:insert(code(']), '))
        end
      end
      rows:insert(code(')), '))
    end
  end
  add(head, 'head')
  add(body, 'body')
  add(foot, 'foot')
  rows = rows:walk {
    Str = typst_cell_text,
    Code = function(inline)
      local parts = parts_of(inline.text)
      if #parts == 1 then return nil end
      for number, part in ipairs(parts) do parts[number] = '#raw(' .. typst_string(part) .. ');' end
      return raw_inline(table.concat(parts, '#h(0.001pt);'))
    end,
    RawInline = function(raw)
      if raw.text:find('^#picture') then return raw_inline('#cell-' .. raw.text:sub(2)) end
    end,
  }

  local line = {}
  for x = 1, shown do
    align[x] = given[block.colspecs[x] and block.colspecs[x][1]] or found[x] == 1 and 'right' or 'left'
    local widest = measured[x].fixed[1] or measured[x].words[1]
    line[x] = widest and widest.text or ''
  end
  local left = {}
  if rows_left > 0 then left[#left + 1] = ('%d more rows'):format(rows_left) end
  if columns > shown then left[#left + 1] = ('%d more columns'):format(columns - shown) end
  local note = #left > 0 and typst_string(table.concat(left, ' and ') .. ' of this table are left out in print.')

  local out = pandoc.Blocks { raw_block(('#foreign-table(align: %s, row-heads: %d, alone: %s, long: %s, left-out: %s, ')
    :format(typst_array(align, tostring), math.min(row_heads, shown), tostring(alone), tostring(long), note or 'none')) }
  if #block.caption.long > 0 then out:extend({ code('caption: [') } .. block.caption.long .. { code('], ') }) end
  local function texts(list) return typst_array(list, function(item) return typst_string(item.text) end) end
  out:insert(code('measured: ('))
  for x = 1, shown do
    out:insert(code(('(words: %s, lines: %s, fixed: %s, codes: %s, '):format(texts(measured[x].words),
      texts(measured[x].lines), texts(measured[x].fixed), texts(measured[x].codes))))
    for _, kind in ipairs { 'formulas', 'pictures' } do
      out:insert(code(kind .. ': ('))
      for _, inline in ipairs(measured[x][kind]) do
        out:extend { code('['), pandoc.Plain { inline }, code('], ') }
      end
      out:insert(code('), '))
    end
    out:insert(code('), '))
  end
  out:insert(code('), spans: ('))
  local keys = {}
  for key in pairs(spans) do keys[#keys + 1] = key end
  table.sort(keys)
  for _, key in ipairs(keys) do
    local span = spans[key]
    span.words:extend(span.fixed)
    out:insert(code(('(%d, %d, %s, %s), '):format(span.x - 1, span.span, texts(span.words), texts(span.lines))))
  end
  out:insert(code('), rows: ('))
  out:extend(rows)
  out:insert(raw_block(joint .. '))'))
  return out, table.concat(line, ' mmm ')
end

-- The tables of a document: those in the text itself first, then those in lists, quotes and notes.
local function with_tables(document)
  local function of_text(blocks)
    local out = pandoc.Blocks {}
    for _, block in ipairs(blocks) do
      if block.t == 'Table' then
        out:extend((typst_table(block, true)))
      elseif block.t == 'Div' then
        block.content = of_text(block.content)
        out:insert(block)
      else
        out:insert(block)
      end
    end
    return out
  end
  document.blocks = of_text(document.blocks)
  return document:walk {
    traverse = 'topdown',
    Table = function(nested) return (typst_table(nested, false)), false end,
  }
end

-- Lists and quotes within one another beyond what Typst bears go on without going further in.
local deepest = 8

local function flattened(blocks, depth)
  local out = pandoc.Blocks {}
  for _, block in ipairs(blocks) do
    local is_list = block.t == 'BulletList' or block.t == 'OrderedList'
    local is_box = block.t == 'BlockQuote' or block.t == 'Div'
    local parts = is_list and block.content or is_box and { block.content } or {}
    local inner = {}
    for number, part in ipairs(parts) do inner[number] = flattened(part, depth + 1) end
    if is_list then block.content = inner elseif is_box then block.content = inner[1] end
    if depth < deepest or #inner == 0 then
      out:insert(block)
    else
      for _, part in ipairs(inner) do out:extend(part) end
    end
  end
  return out
end

local function paragraph(block) return block.t == 'Plain' and pandoc.Para(block.content) or block end

-- A paragraph is set from right to left where its first letter is of a script that is (UAX #9, rules P2 and P3).
local function is_rtl(inlines)
  for _, code in utf8.codes(stringify(inlines), true) do
    if code >= 0x590 and code <= 0x8ff or code >= 0xfb1d and code <= 0xfdff or code >= 0xfe70 and code <= 0xfefc
      or code >= 0x10800 and code <= 0x10fff or code >= 0x1e800 and code <= 0x1efff then return true end
    if code >= 0x41 and code <= 0x5a or code >= 0x61 and code <= 0x7a or code >= 0xc0 and (code < 0x2000 or code > 0x2bff) then
      return false
    end
  end
  return false
end

local function directed(block)
  if not is_rtl(block.content) then return nil end
  block.content = pandoc.Inlines { raw_inline('#from-right[') } .. block.content .. { raw_inline(']') }
  return block
end

-- A box that Bootstrap, GitHub and MyST know, and a box with a colour of its own.
local function typst_div(div)
  local content = div.content:map(paragraph)
  local kind
  for _, class in ipairs(div.classes) do kind = kind or class:match('^alert%-(%w+)$') end
  if kind or div.classes:includes('alert') or div.classes:includes('admonition') then
    return pandoc.Blocks { raw_block('#alert(' .. typst_string(kind or 'note') .. ')[') } .. content .. { raw_block(']') }
  end
  if div.classes:includes('title') then
    return pandoc.Blocks { raw_block('#alert-title[') } .. content .. { raw_block(']') }
  end
  local fill, look = typst_look(div.attr.attributes.style or '')
  if look ~= '' then content = pandoc.Blocks { raw_block('#text(' .. look .. ')[') } .. content .. { raw_block(']') } end
  if fill then
    content = pandoc.Blocks { raw_block('#block(width: 100%, inset: 6pt, fill: ' .. fill .. ')[') } .. content
      .. { raw_block(']') }
  end
  return content
end

local function as_typst(document)
  document.blocks = flattened(document.blocks, 1)
  -- a figure's caption stands beneath it
  document = document:walk {
    Figure = function(figure)
      local caption = figure.caption.long
      if #caption == 0 then return figure.content end
      return figure.content:map(paragraph) .. { raw_block('#figure-caption[') } .. caption .. { raw_block(']') }
    end,
  }
  -- pandoc would write terms as markup, which a line within one breaks
  document = document:walk {
    DefinitionList = function(list)
      local out = pandoc.Blocks {}
      for _, item in ipairs(list.content) do
        local term, bodies = table.unpack(item)
        out:extend { code('#define['), pandoc.Plain(term), code('][') }
        for _, body in ipairs(bodies) do out:extend(body:map(paragraph)) end
        out:insert(raw_block(joint .. ']'))
      end
      return out
    end,
  }
  -- pictures and tables first: descriptions and numbers cannot be read once their text is Typst
  document = document:walk { Str = with_formulas, Image = typst_image }
  document = with_tables(document:walk { Para = directed, Plain = directed, Header = directed }):walk {
    Str = typst_text, Code = typst_code, Math = typst_math,
    RawInline = function(raw) if raw.format ~= 'typst' then return {} end end,
    RawBlock = function(raw) if raw.format ~= 'typst' then return {} end end,
    Span = function(span) return anchored(span.identifier) .. typst_span(span) end,
  }
  return document:walk({
    CodeBlock = typst_listing, Header = typst_heading,
    Div = function(div)
      local anchor = anchored(div.identifier)
      return (#anchor > 0 and pandoc.Blocks { pandoc.Plain(anchor) } or pandoc.Blocks {}) .. typst_div(div)
    end,
  }).blocks
end

-- ---------------------------------------------------------------- the answer

-- What is no text of the page holds formulas as they were written.
local as_written = {
  Code = function(code) code.text = with_sources(code.text) return code end,
  CodeBlock = function(code) code.text = with_sources(code.text) return code end,
  Link = function(link)
    link.target, link.title = with_sources(link.target), with_sources(link.title)
    return link
  end,
  Image = function(image)
    image.src, image.title = with_sources(image.src), with_sources(image.title)
    image.caption = { pandoc.Str(with_sources(stringify(image.caption), 'tex')) }
    return image
  end,
}

local documents = read_all(request.pieces)
if #request.formulas > 0 then
  for number, document in ipairs(documents) do documents[number] = document and document:walk(as_written) end
end
number_headings(documents)
for _, document in ipairs(documents) do if document then note_ids(document) end end

local all, answers = pandoc.Blocks {}, {}
for number, document in ipairs(documents) do
  current = number
  local fine, blocks = pcall(function()
    document = document:walk { Link = resolved, RawInline = resolved_tags, RawBlock = resolved_tags }
    return to_typst and as_typst(document) or as_html(document)
  end)
  answers[number] = fine
  if fine then all:extend(blocks) elseif document then io.stderr:write(tostring(blocks), '\n') end
  all:insert(pandoc.RawBlock(request.to, between))
end
local number = 0
for text in written(all, request.to):gmatch('([^' .. between .. ']*)' .. between) do
  number = number + 1
  answers[number] = answers[number] and text:gsub('^%s+', ''):gsub('%s+$', '')
end

local function array(list) return #list == 0 and '[]' or pandoc.json.encode(list) end
io.write(('{"pieces": %s, "headings": %s, "titled": %s, "images": %s}\n'):format(array(answers), array(headings),
  tostring(titled), array(images)))
