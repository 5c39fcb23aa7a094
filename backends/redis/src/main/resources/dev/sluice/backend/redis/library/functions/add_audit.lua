-- Adds an audit line for an act outside the org's own steps.
--
-- Arguments  2 ... audit line (rules/audit.lua)
-- Result  the stored line
function Functions.add_audit(args)
  Audit.check(args)
  local line = Audit.write(args)
  Step.commit()
  return { org.seq, 'OK', line }
end
