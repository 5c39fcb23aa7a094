-- Lists the findings by key.
--
-- ARGV    none
-- Result  key, finding (lib/finding.lua), ...
function Functions.list_findings(args)
  local list = {}
  if Findings.known() then
    local found = Findings.read_hash(Findings.key())
    for _, key in ipairs(Findings.sorted_keys(found)) do
      Findings.parse(found[key])
      list[#list + 1], list[#list + 2] = key, found[key]
    end
  end
  return { org.seq, 'OK', list }
end
