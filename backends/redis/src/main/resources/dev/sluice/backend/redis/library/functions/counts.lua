-- Counts the sessions in each place, and the stored bytes.
--
-- Arguments  none
-- Result  ready, parked, later, returned, claimed, dead, bytes
function Functions.counts(args)
  local reply = { org.seq, 'OK' }
  for _, name in ipairs({ 'ready', 'parked', 'later', 'returned', 'claimed', 'dead', 'bytes' }) do
    reply[#reply + 1] = tonumber(org[name])
  end
  return reply
end
