-- Reads the figures of one dimension (figures.lua).
--
-- ARGV    2 dimension  3 first bucket  4 last bucket
-- Result  bucket, its fields of that dimension and `gauge` (name, value, ...), for each bucket that is there
function Functions.list_figures(args)
  local dimension, reply = args[2], { org.seq, 'OK' }
  local first = math.max(args[3], math.floor((now - Rules.FIGURES_MS) / Rules.BUCKET_MS))
  local growth = {}
  Figures.each_new(function(bucket, of, metric, name, by)
    if of == dimension then
      growth[bucket] = growth[bucket] or {}
      table.insert(growth[bucket], { metric, name, by })
    end
  end)

  -- Adds growth to the fields of a bucket.
  local function grow(all, figures)
    local at = {}
    for i = 1, #all, 2 do
      at[all[i]] = i
    end
    for _, new in ipairs(figures) do
      local metric, name, by = unpack(new)
      local field = Figures.field(at['s' .. dimension .. '\31' .. name], dimension, metric, name)
      local i = at[field] or #all + 1
      at[field], all[i], all[i + 1] = i, field, format('%d', (tonumber(all[i + 1]) or 0) + (tonumber(by) or 0))
    end
  end

  for bucket = first, args[4] + 0 do
    bucket = format('%d', bucket)
    local all = redis.pcall('HGETALL', Figures.key_of(bucket))
    if all[1] then
      local fields = {}
      if growth[bucket] then
        grow(all, growth[bucket])
      end
      for i = 1, #all, 2 do
        if sub(all[i], 1, 1) == dimension or all[i] == 'gauge' and dimension == 'p' then
          fields[#fields + 1], fields[#fields + 2] = all[i], all[i + 1]
        end
      end
      reply[#reply + 1], reply[#reply + 2] = bucket, fields
    end
  end
  return reply
end
