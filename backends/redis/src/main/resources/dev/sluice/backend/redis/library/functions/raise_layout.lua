-- Raises the layout of an org: from this step on its new records have the new form. What else a layout needs to change
-- belongs here, in bounded steps that may be repeated.
--
-- ARGV    2 layout  3 ... audit line, whose %s is the layout before (lib/audit.lua)
-- Result  nothing
-- Refuses CLOSED
function Functions.raise_layout(args)
  Audit.check(args)
  if args[2] - org.layout <= 0 then
    return { org.seq, 'OK' }
  end

  local before = org.layout
  org.layout = args[2]
  Audit.write(args, before)
  Step.commit()
  return { org.seq, 'OK' }
end
