/** The roles of a project, as options of a select. */
export function RoleOptions() {
  return (
    <>
      <option value="annotator">Annotator</option>
      <option value="researcher">Researcher</option>
      <option value="admin">Admin</option>
    </>
  );
}
