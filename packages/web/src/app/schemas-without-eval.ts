import { config } from 'zod'

// Zod would compile schemas with eval where it may. The page's policy forbids that, and each try would be an error on the console.
// Comes before all other imports, since schemas ask when they are made.
config({ jitless: true })
