-- A session as an answer: its id, its line, what never changes, its position, the fields of its
-- reports (name, value, ...; of a repeated name the last counts). Java puts it together.

-- Read before the step's first write, like the session itself.
local function fields_of(s)
  return s.has_fields == '1' and call('HGETALL', AREA .. 'f:' .. s.id) or {}
end

local function session_reply(s, fields, position)
  return { s.id, s.line, s.content, position, fields }
end

-- What such an answer takes of a page, which holds up to PAGE_BYTES, or one entry.
local function reply_bytes(reply)
  local bytes = #reply[2] + #reply[3]
  for _, text in ipairs(reply[5]) do
    bytes = bytes + #text
  end
  return bytes
end
