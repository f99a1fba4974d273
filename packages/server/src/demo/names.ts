/** Given names by the gender most often given with them, for people who never existed. */
export const givenNames = {
  female: ['Anna', 'Aoife', 'Camille', 'Clara', 'Emma', 'Giulia', 'Hannah', 'Ines', 'Julia', 'Lena', 'Marta', 'Nora', 'Olivia', 'Sofia', 'Zoe', 'Priya'],
  male: ['Adam', 'Ben', 'Conor', 'Daniel', 'Elias', 'Finn', 'Hugo', 'Jan', 'Liam', 'Lucas', 'Marco', 'Noah', 'Oscar', 'Pablo', 'Tom', 'Ravi'],
} as const

export const familyNames = [
  ...['Andersson', 'Bauer', 'Byrne', 'Costa', 'de Vries', 'Dubois', 'Evans', 'Ferrari', 'Fischer', 'Garcia', 'Hughes', 'Jansen', 'Kelly', 'Keller'],
  ...['Kowalski', 'Larsson', 'Lefebvre', 'Martin', 'Meyer', 'Moreau', 'Murphy', 'Novak', 'O’Brien', 'Patel', 'Ricci', 'Rossi', 'Santos', 'Schmidt'],
  ...['Silva', 'Smith', 'Taylor', 'Tremblay', 'Walsh', 'Weber', 'Williams', 'Wood'],
] as const

export const professions = [
  'Teacher',
  'Nurse',
  'Engineer',
  'Designer',
  'Student',
  'Manager',
  'Electrician',
  'Chef',
  'Retired',
  'Accountant',
  'Sales assistant',
  'Developer',
] as const
