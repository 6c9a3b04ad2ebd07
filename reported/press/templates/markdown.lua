-- Markdown cells to HTML, all in one process: `pandoc lua markdown.lua < request.json > answer.json`.
-- Request: {"to": "html" | "print", "sources": [Markdown, …]}; answer: [HTML, …] of the same length.
-- A source that pandoc cannot read comes back as `false`. Nothing here opens a file.

local request = pandoc.json.decode(io.read('a'), false)

-- What JupyterLab itself understands: GitHub's Markdown and mathematics between dollar signs.
-- Citations, raw TeX and raw attributes are no part of it, so `@x` and `{=typst}` stay text.
local reader = 'gfm+tex_math_dollars+footnotes-emoji-yaml_metadata_block'
local writer = pandoc.WriterOptions { html_math_method = 'mathml', wrap_text = 'preserve' }
local plain = pandoc.WriterOptions { wrap_text = 'none' }

local function escape(text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

-- For print, a formula is its TeX with Typst's form beside it; TeX that pandoc cannot read has none.
local function formula(math)
  local typst = pandoc.write(pandoc.Pandoc { pandoc.Plain { math } }, 'typst', plain)
  typst = typst:match('^%s*%$%s*(.-)%s*%$%s*$')
  local display = math.mathtype == 'DisplayMath' and ' data-display="true"' or ''
  local attribute = typst and ' data-typst="' .. escape(typst) .. '"' or ''
  return pandoc.RawInline('html',
    '<span class="formula"' .. display .. attribute .. '>' .. escape(math.text) .. '</span>')
end

local function listing(block)
  local class = block.classes[1] and ' class="language-' .. escape(block.classes[1]) .. '"' or ''
  return pandoc.RawBlock('html', '<pre><code' .. class .. '>' .. escape(block.text) .. '</code></pre>')
end

-- Footnotes are counted through all sources, and each source keeps its own beneath its text.
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

local function convert(source)
  local document = pandoc.read(source, reader)
  local changes = { CodeBlock = listing }
  if request.to == 'print' then changes.Math = formula end
  return pandoc.write(with_notes(document:walk(changes)), 'html', writer)
end

local answer = {}
for place, source in ipairs(request.sources) do
  local read, html = pcall(convert, source)
  answer[place] = read and html
end
-- an empty table would be written as an object
io.write(#answer == 0 and '[]' or pandoc.json.encode(answer))
