-- Logs that a credential was minted. Takes no sequence number.
--
-- Arguments  2 credential
-- Result  nothing
function Functions.note_key(args)
  Events.of_key('CREATED', args[2])
  Step.commit(true)
  return { org.seq, 'OK' }
end
