-- Markdown cells to HTML, by `pandoc lua answer.lua markdown.lua`: a line of request, a line of answer.
-- Request (JSON): {"shift": 0 | 1, "anchors": [id, …], "rows": [id of a table's row, …],
--   "pieces": [{"text": …, "file": name of the notebook}], "links": [[file, address], …],
--   "formulas": [{"source": with its dollar signs, "tex": …}]}; a formula waits as its number, counted from 0, between U+F8F3 and U+F8F4
-- Answer: {"pieces": [text | false, …], "headings": [[level, id, text], …], "titled": bool, "links": [id | false, …]}: to
-- which id each of the links leads, which are those of HTML that does not come here.
-- A piece that pandoc cannot read is answered by `false`. Nothing is opened and nothing is requested here: pandoc's
-- readers get an empty sandbox, since that of HTML would otherwise fetch what a frame names.

local request = pandoc.json.decode(io.read('l'), false)

-- What JupyterLab understands: GitHub's Markdown with formulas between dollar signs and footnotes. Citations, raw TeX
-- and raw attributes are not part of it, so that `@x` and `{=typst}` stay text. An extension is taken away only where
-- it could matter: each takes pandoc as long as reading a paragraph.
local function format_of(text)
  return 'gfm' .. (text:find('$', 1, true) and '-tex_math_dollars-tex_math_gfm' or '') .. (text:find(':[%w_+-]+:') and '-emoji' or '')
    .. (text:find('^%s*%-%-%-') and '-yaml_metadata_block' or '')
end

local options = pandoc.WriterOptions { wrap_text = 'none' }
local stringify = pandoc.utils.stringify

-- All pieces are written at once, since each call of pandoc's writers takes half a millisecond before it begins. A
-- control character, which no piece holds, stands between them.
local between = '\1'

local function parse(text, format) return pandoc.read(text, format, nil, {}) end

-- A text with the formulas that wait in it as they were written, or as TeX alone.
local function with_sources(text, name)
  return (text:gsub('\u{F8F3}(%d+)\u{F8F4}', function(number) return request.formulas[tonumber(number) + 1][name or 'source'] end))
end

-- ---------------------------------------------------------------- reading

-- An old `name` of an anchor's tag is its id.
local function with_id(tag)
  return tag:find('%sid%s*=') and tag or (tag:gsub('(%s)name(%s*=)', '%1id%2'))
end

-- Boxes: GitHub's alerts, which pandoc reads, and the directives of MyST, which are fences with a name in braces. Any
-- other directive stays a listing, with its name.
local boxes = {}
for name in ('admonition attention caution danger dropdown error hint important note seealso tip warning'):gmatch('%a+') do
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
      text = text or block.text
      local kind = name
      while text:find('^:[%w-]+:') do  -- settings of the box, of which one may say its kind
        local class = text:match('^:class:%s*(%a+)')
        if boxes[class] then kind = class end
        text = text:gsub('^[^\n]*\n?', '')
      end
      text = text:gsub('(```+{[%w:.-]+})[ \t]+([^\n]+)\n', '%1\n\3%2\n')  -- titles of boxes in the box
      local content = with_boxes(parse(text, format_of(text))).blocks
      local words = parse(title, format_of(title)).blocks
      if #words ~= 1 or words[1].t ~= 'Para' then words = { pandoc.Para { pandoc.Str(title) } } end
      content:insert(1, pandoc.Div(words, pandoc.Attr('', { 'title' })))
      return pandoc.Div(content, pandoc.Attr('', { 'alert', 'alert-' .. kind }))
    end,
  }
end

local function read(piece)
  -- a table's last row is read as one only where a line ends
  local text = piece.text:gsub(between, '') .. '\n'
  local document = parse(text, format_of(text))
  return text:find('[{!]') and with_boxes(document) or document
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

-- A heading that is written as HTML keeps its level, and is reached as others are.
local function note_raw_heading(number, tag, attributes, body)
  local text = with_sources(body:gsub('<[^>]*>', ''), 'tex'):gsub('%s+', ' '):gsub('^ ', ''):gsub(' $', '')
  if text == '' then return nil end
  local id = attributes:match('%sid%s*=%s*["\']([^"\']+)["\']')
  if not id then
    id = unique(slug(text) ~= '' and slug(text) or 'section')
    attributes = attributes .. ' id="' .. id .. '"'
  end
  note_heading(request.pieces[number].file, text, id)
  return '<' .. tag .. attributes .. '>' .. body .. '</' .. tag .. '>'
end

-- Levels: at most one h1, at the very start and without a shift; no level is skipped.
local function number_headings(documents)
  local first_level, h1 = nil, 0
  local function of_element(element)
    if element.identifier ~= '' then known[element.identifier] = true end
  end
  local function of_raw(raw)
    for id in raw.text:gmatch('%sid=["\']([^"\']+)["\']') do known[id], taken[id] = true, true end
    for id in raw.text:gmatch('<[aA]%s[^>]-name=["\']([^"\']+)["\']') do known[id], taken[id] = true, true end
  end
  local function has_headings(number) return request.pieces[number].text:find('[#=<-]') end
  for number, document in ipairs(documents) do
    if document and has_headings(number) then
      document:walk {
        Header = function(header)
          if text_of(header.content) == '' then return end
          first_level = first_level or header.level
          if header.level == 1 then h1 = h1 + 1 end
        end,
        Span = of_element, Div = of_element, RawInline = of_raw, RawBlock = of_raw,
      }
    end
  end
  titled = request.shift == 0 and first_level == 1
  local extra = request.shift == 1 and 1 or ((titled and h1 > 1 or not titled and h1 > 0) and 1 or 0)
  local before, seen_title = titled and 0 or 1, false
  for number, document in ipairs(documents) do
    if document and has_headings(number) then
      documents[number] = document:walk {
        traverse = 'topdown',
        Header = function(header)
          local text = text_of(header.content)
          if text == '' then return pandoc.Para(header.content) end
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
          return pandoc.Header(level, header.content, pandoc.Attr(id)), false
        end,
        RawBlock = function(raw)
          if raw.format ~= 'html' or not raw.text:find('<[hH][1-6]') then return nil end
          raw.text = raw.text:gsub('<([hH][1-6])(%f[%s>][^>]*)>(.-)</%1>', function(tag, attributes, body)
            return note_raw_heading(number, tag, attributes, body)
          end)
          return raw
        end,
      }
    end
  end
end

local function decoded(address)
  return (address:gsub('%%(%x%x)', function(hex) return string.char(tonumber(hex, 16)) end))
end

local current = ''  -- the notebook whose links are followed

-- The id that an address within the document leads to. A name is first sought in the notebook that the link is in, or
-- that it names (`02-method.ipynb#Sources`, where that is a chapter too); nil where it leads nowhere.
local function id_of(address)
  local path, name = address:match('^([^#]*)#?(.*)$')
  path, name = decoded(path), decoded(name)
  local place = places[current]
  if path ~= '' then
    place = path:match('%.ipynb$') and places[path:match('[^/]*$')]
    if not place then return nil end
    if name == '' then return place.first end
  end
  local found = place and (place.ids[name] or place.ids[slug(name)])
  if found or known[name] then return found or name end
  if path == '' and (name == '' or name == 'top') then return 'page.main' end
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
  if not is_inside(link.target) then return nil end
  local id = id_of(link.target)
  if not id then
    if link.title == '' then return link.content end
    return link.content .. { pandoc.Space(), pandoc.Str('(' .. link.title .. ')') }
  end
  -- a row's panel says what the title would
  return pandoc.Link(link.content, '#' .. id, rows[id] and '' or link.title, link.attr)
end

-- Links and anchors that are written as HTML tags: a link leads to what is there or is none.
local function resolved_tags(raw)
  if raw.format ~= 'html' or not raw.text:find('<[aA]%s') then return nil end
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

local function with_notes(document, text)
  if not text:find('[^', 1, true) then return document end
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

-- Walking a document takes as long as reading it: one whose text has no sign of what is looked for is left as it is.
local function as_html(document, text)
  if not text:find('[%[<`~\u{F8F3}]') then return document.blocks end
  return with_notes(document:walk {
    Link = resolved, RawInline = resolved_tags, RawBlock = resolved_tags,
    CodeBlock = html_listing, OrderedList = html_items, BulletList = html_tasks,
  }, text).blocks
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

local documents = {}
for number, piece in ipairs(request.pieces) do
  local fine, document = pcall(read, piece)
  documents[number] = fine and document or false
end
if #request.formulas > 0 then
  for number, document in ipairs(documents) do
    if document and request.pieces[number].text:find('\u{F8F3}', 1, true) then documents[number] = document:walk(as_written) end
  end
end
number_headings(documents)

local all, answers = pandoc.Blocks {}, {}
for number, document in ipairs(documents) do
  current = request.pieces[number].file
  local fine, blocks = pcall(function() return as_html(document, request.pieces[number].text) end)
  answers[number] = fine
  if fine then all:extend(blocks) elseif document then io.stderr:write(tostring(blocks), '\n') end
  all:insert(pandoc.RawBlock('html', between))
end
local number = 0
for text in pandoc.write(pandoc.Pandoc(all), 'html', options):gmatch('([^' .. between .. ']*)' .. between) do
  number = number + 1
  answers[number] = answers[number] and text:gsub('^%s+', ''):gsub('%s+$', '')
end
local links = {}
for place, link in ipairs(request.links) do
  current = link[1]
  links[place] = is_inside(link[2]) and id_of(link[2]) or false
end

local function array(list) return #list == 0 and '[]' or pandoc.json.encode(list) end
io.write(('{"pieces": %s, "headings": %s, "titled": %s, "links": %s}\n'):format(array(answers), array(headings),
  tostring(titled), array(links)))
