-- Sessions of those ids as answers; those that can't be read are left out, as are those for which
-- `fits` is false. `position` is that of the first one, the others follow it; 0 for none.
local function sessions_reply(ids, fits, position)
  local list = {}
  for i = 1, #ids do
    local s = read_session(ids[i], true)
    if s and fits(s) then
      local at = position > 0 and position + i - 1 or 0
      list[#list + 1] = session_reply(s, fields_of(s), at <= EXACT_POSITION and at or 0)
    end
  end
  return list
end
