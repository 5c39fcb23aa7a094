-- The heads of the open buckets of the projects that a worker names, best first.
local function heads_of(takes, prefix)
  local fields, heads = {}, {}
  for project in string.gmatch(takes, '[^\30]+') do
    fields[#fields + 1] = prefix .. ':' .. project
  end
  for i = 1, #fields, 1000 do
    local some = call('HMGET', ORG, unpack(fields, i, math.min(i + 999, #fields)))
    for k = 1, #some do
      heads[#heads + 1] = some[k] or nil
    end
  end
  table.sort(heads, entry_before)
  return heads
end
