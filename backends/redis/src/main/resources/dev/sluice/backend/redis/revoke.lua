-- Notes that a credential is revoked. No change that takes a sequence number.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 credential
-- Result  seq, 'OK'
--
-- USES org

call('SADD', AREA .. 'revoked', ARGV[2])
org.revoked = '1'
commit(true)
return { org.seq, 'OK' }
