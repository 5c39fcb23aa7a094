-- Lists the findings by key.
--
-- ARGV    none
-- Result  key, finding (lib/finding.lua), ...

local list = {}
if has_findings then
  local found = read_hash(FINDINGS)
  for _, key in ipairs(sorted_keys(found)) do
    finding_of(found[key])
    list[#list + 1], list[#list + 2] = key, found[key]
  end
end
return { org.seq, 'OK', list }
