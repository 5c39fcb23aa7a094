-- Acknowledges or mutes a finding.
--
-- ARGV    2 key  3 end of the mute, 0 for none, '' to acknowledge  4 ... audit line (lib/audit.lua)
-- Result  finding (lib/finding.lua)
-- Refuses UNKNOWN_FINDING
function Functions.mark_finding(args)
  local key = args[2]
  Step.expect('hash', Findings.key())
  local line = Findings.known() and call('HGET', Findings.key(), key)
  local f = line and Findings.parse(line)
  if not f or (args[3] == '' and f.began == '0') then
    return { org.seq, 'UNKNOWN_FINDING' }
  end
  Audit.check(args)

  local actor = args[#args - 4]
  if args[3] == '' then
    f.owner, f.owned, f.reason = actor, NOW, args[#args]
  else
    f.muted, f.muter = args[3], args[3] ~= '0' and actor or ''
  end
  call('HSET', Findings.key(), key, Findings.line(f))
  Audit.write(args)
  Step.commit()
  return { org.seq, 'OK', Findings.line(f) }
end
