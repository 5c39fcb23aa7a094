-- Reads the figures of one dimension (figures.lua).
--
-- ARGV    2 dimension  3 first bucket  4 last bucket
-- Result  bucket, its fields of that dimension and `gauge` (name, value, ...), for each bucket that is there

local dimension, reply = ARGV[2], { org.seq, 'OK' }
local first = math.max(ARGV[3], math.floor((now - FIGURES_MS) / BUCKET_MS))
for bucket = first, ARGV[4] + 0 do
  local all = redis.pcall('HGETALL', AREA .. 'figures:' .. format('%d', bucket))
  if all[1] then
    local fields = {}
    for i = 1, #all, 2 do
      if sub(all[i], 1, 1) == dimension or all[i] == 'gauge' and dimension == 'p' then
        fields[#fields + 1], fields[#fields + 2] = all[i], all[i + 1]
      end
    end
    reply[#reply + 1], reply[#reply + 2] = format('%d', bucket), fields
  end
end
return reply
