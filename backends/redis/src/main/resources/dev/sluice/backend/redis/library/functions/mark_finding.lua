-- Acknowledges or mutes a finding.
--
-- Arguments  2 key  3 end of the mute, 0 for none, '' to acknowledge  4 ... audit line (rules/audit.lua)
-- Result  finding (rules/findings.lua)
-- Refuses UNKNOWN_FINDING
function Functions.mark_finding(args)
  local key, muted, actor = args[2], args[3], args[4]
  Step.expect('hash', Findings.key())
  local line = Findings.known() and call('HGET', Findings.key(), key)
  local f = line and Findings.parse(line)
  if not f or muted == '' and f.began == '0' then
    return { org.seq, 'UNKNOWN_FINDING' }
  end
  Audit.check(args)

  if muted == '' then
    f.owner, f.owned, f.reason = actor, NOW, args[#args]
  else
    f.muted, f.muter = muted, muted ~= '0' and actor or ''
  end
  call('HSET', Findings.key(), key, Findings.line(f))
  Audit.commit(args)
  return { org.seq, 'OK', Findings.line(f) }
end
