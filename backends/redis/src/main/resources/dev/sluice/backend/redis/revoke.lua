-- Revokes a credential. Takes no sequence number.
--
-- ARGV    2 credential
-- Result  nothing

call('SADD', AREA .. 'revoked', ARGV[2])
org.revoked = '1'
commit(true)
return { org.seq, 'OK' }
