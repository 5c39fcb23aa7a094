-- Raises the layout of an org: from this step on its new records have the new form. What else a layout needs to change
-- belongs here, in bounded steps that may be repeated.
--
-- Arguments  2 layout  3 ... audit line, whose %s is the layout before (rules/audit.lua)
-- Result  nothing
-- Refuses CLOSED
function Functions.raise_layout(args)
  local before, layout = org.layout, args[2]
  Audit.check(args)
  if layout - before > 0 then
    org.layout = layout
    Audit.commit(args, before)
  end
  return { org.seq, 'OK' }
end
