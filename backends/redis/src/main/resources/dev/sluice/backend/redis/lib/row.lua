-- Sessions without their items, for lists.

-- So many bytes hold what stands in front of an item, unless it requires very many capabilities.
local HEAD_BYTES = 1024

-- What stands in front of an item; nil if it can't be read.
local function head_of(id)
  local size = HEAD_BYTES
  while true do
    local text = redis.pcall('GETRANGE', AREA .. 'p:' .. id, 0, size - 1)
    if type(text) ~= 'string' then
      return nil
    elseif text == '' then
      return '\31\31\n' -- the item is missing, as in lib/session.lua
    end
    local stop = find(text, '\n', 1, true)
    if stop or #text < size then
      return stop and sub(text, 1, stop)
    end
    size = size * 8
  end
end

-- The session of that id with its content up to the item; or nil.
local function read_row(id)
  local s = read_session(id)
  if s then
    s.content = head_of(id)
  end
  return s and s.content and s
end
