-- Reads the figures of one dimension (rules/figures.lua).
--
-- Arguments  2 dimension  3 first bucket  4 last bucket
-- Result  bucket, its fields of that dimension and `gauge` (name, value, ...), for each bucket that is there
function Functions.list_figures(args)
  local dimension, first, last = unpack(args, 2, 4)
  local growth, reply = Figures.growth_of(dimension), { org.seq, 'OK' }
  for number = math.max(first, math.floor((now - Rules.FIGURES_MS) / Rules.BUCKET_MS)), last + 0 do
    local bucket = format('%d', number)
    local fields = Figures.list(bucket, dimension, growth[bucket])
    if fields then
      Pages.append(reply, bucket, fields)
    end
  end
  return reply
end
