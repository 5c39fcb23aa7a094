-- Ids of its active sessions.
local function active_set(w)
  local ids = {}
  for _, field in ipairs(call('HKEYS', w.key)) do
    ids[#ids + 1] = match(field, '^a:(.*)$')
  end
  return ids
end
