-- All editions but the PDF of raw texts, in one pandoc process; of the PDF the text for groff. Used as
--   OUT=folder LIST=file-of-paths pandoc -f markdown -L editions.lua -t plain -o /dev/null /dev/null
local folder = os.getenv('OUT')

local function write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

-- The founding document's form as Markdown: numbers at the margin, the glued call a footnote's.
local function markdown(text)
  local body, note = text:match('^(.*)\n1%. ([^\n]*)\n*$')
  body = body:gsub('\n%s+(%d+%. [^\n]*)', '\n\n%1'):gsub('(%a%a%a%a)1([%s,.;])', '%1[^1]%2')
  return body .. '\n\n[^1]: ' .. note .. '\n'
end

local function rows(document)
  local lines = { 'number,text' }
  for _, block in ipairs(document.blocks) do
    if block.t == 'OrderedList' then
      for number, item in ipairs(block.content) do
        lines[#lines + 1] = number .. ',"' .. pandoc.utils.stringify(item):gsub('"', '""') .. '"'
      end
    end
  end
  return table.concat(lines, '\r\n') .. '\r\n'
end

local groff = '.nr PS 11\n.nr FF 1\n.ds CH\n.ds CF \\\\n[PN]\n'

function Pandoc()
  for path in io.lines(os.getenv('LIST')) do
    local file = assert(io.open(path, 'rb'))
    local document = pandoc.read(markdown(file:read('a')), 'markdown')
    file:close()
    local base = folder .. '/' .. path:match('([^/]+)%.txt$')
    write(base .. '.docx', pandoc.write(document, 'docx'))
    write(base .. '.json', pandoc.write(document, 'json'))
    write(base .. '.md', pandoc.write(document, 'markdown'))
    write(base .. '.csv', rows(document))
    -- Its link macros are of the template that comes with it, not of groff's ms.
    write(base .. '.ms', groff .. pandoc.write(document, 'ms'):gsub('%.pdfhref[^\n]*\n', ''))
  end
  return pandoc.Pandoc({})
end
