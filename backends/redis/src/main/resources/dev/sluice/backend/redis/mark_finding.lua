-- Acknowledges or mutes a finding.
--
-- ARGV    2 key  3 end of the mute, 0 for none, '' to acknowledge  4 ... audit line (lib/audit.lua)
-- Result  finding (lib/finding.lua)
-- Refuses UNKNOWN_FINDING

local key = ARGV[2]
expect('hash', FINDINGS)
local line = has_findings and call('HGET', FINDINGS, key)
local f = line and finding_of(line)
if not f or (ARGV[3] == '' and f.began == '0') then
  return { org.seq, 'UNKNOWN_FINDING' }
end
check_audit()

local actor = ARGV[#ARGV - 4]
if ARGV[3] == '' then
  f.owner, f.owned, f.reason = actor, NOW, ARGV[#ARGV]
else
  f.muted, f.muter = ARGV[3], ARGV[3] ~= '0' and actor or ''
end
call('HSET', FINDINGS, key, finding_line(f))
audit()
commit()
return { org.seq, 'OK', finding_line(f) }
