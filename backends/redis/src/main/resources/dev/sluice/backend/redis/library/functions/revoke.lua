-- Revokes a credential. Takes no sequence number.
--
-- Arguments  2 credential
-- Result  nothing
function Functions.revoke(args)
  if call('SADD', AREA .. 'revoked', args[2]) == 1 then
    Events.of_key('REVOKED', args[2])
  end
  org.revoked = '1'
  Step.commit(true)
  return { org.seq, 'OK' }
end
