// Node 20 does not hand `--import` loaders on to threads, so a thread that runs from source registers the loader itself.
import { register } from 'tsx/esm/api'

register()
await import(process.argv[2])
