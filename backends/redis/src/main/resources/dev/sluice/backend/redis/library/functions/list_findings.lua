-- Lists the findings by key.
--
-- Arguments  none
-- Result  key, finding (rules/findings.lua), ...
function Functions.list_findings(args)
  local list, found = {}, Findings.known() and Findings.read_hash(Findings.key()) or {}
  for _, key in ipairs(Findings.sorted_keys(found)) do
    Findings.parse(found[key])
    Pages.append(list, key, found[key])
  end
  return { org.seq, 'OK', list }
end
