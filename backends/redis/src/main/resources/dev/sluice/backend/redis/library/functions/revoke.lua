-- Revokes a credential. Takes no sequence number.
--
-- Arguments  2 credential
-- Result  nothing
function Functions.revoke(args)
  call('SADD', AREA .. 'revoked', args[2])
  org.revoked = '1'
  Step.commit(true)
  return { org.seq, 'OK' }
end
