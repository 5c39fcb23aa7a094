-- Merges the rest of the arguments, name, value, ..., into the fields, those of the answer too.
local function merge_fields(s, fields, from)
  for i = from, #ARGV, 1000 do
    call('HSET', AREA .. 'f:' .. s.id, unpack(ARGV, i, math.min(i + 999, #ARGV)))
  end
  for i = from, #ARGV do
    fields[#fields + 1] = ARGV[i]
  end
  s.has_fields = '1'
end
