import fastifyCookie from '@fastify/cookie'
import { KindredError } from '@kindred/model'
import fastify, { LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { accountRoutes } from '../accounts/routes.ts'
import { authenticate } from '../auth/authenticate.ts'
import { loginLinkRoutes, loginRoutes, sessionRoutes } from '../auth/routes.ts'
import { backupRoutes } from '../backup/routes.ts'
import { captureRoutes } from '../capture/routes.ts'
import { serverEventRoutes } from '../capture/server-event-routes.ts'
import { catalogueRoutes } from '../data/catalogue-routes.ts'
import { dataRoutes } from '../data/routes.ts'
import { demoRoutes } from '../demo/routes.ts'
import { guideRoutes } from '../guides/routes.ts'
import { importRoutes } from '../imports/routes.ts'
import { insightRoutes } from '../insights/routes.ts'
import type { Parts } from '../parts.ts'
import { profileRoutes } from '../people/profile-routes.ts'
import { peopleRoutes } from '../people/routes.ts'
import { postalCodeRoutes } from '../postal-codes/routes.ts'
import { privacyRoutes } from '../privacy/routes.ts'
import { findProject } from '../projects/projects.ts'
import { questionRoutes } from '../projects/question-routes.ts'
import { projectRoutes, projectSettingsRoutes } from '../projects/routes.ts'
import { quarantineRoutes } from '../quarantine/routes.ts'
import { segmentFileRoutes } from '../segment-files/routes.ts'
import { segmentationRoutes } from '../segmentations/routes.ts'
import { sharedRoutes } from '../segmentations/shared-routes.ts'
import { segmentRoutes } from '../segments/routes.ts'
import { statusRoutes } from '../status/routes.ts'
import { templateRoutes } from '../templates/routes.ts'
import { traitRoutes } from '../traits/routes.ts'
import type { Api } from './api.ts'
import { replyBrokenRequest, replyWithError } from './error-reply.ts'
import { guardHost } from './guard-host.ts'
import { answerOnce } from './idempotency.ts'
import { readJsonBodies } from './json-bodies.ts'
import { openApiRoutes } from './openapi/routes.ts'
import { type ListedRoute, listRoutes } from './route-list.ts'
import { staticWeb } from './static-web.ts'
import { refuseUnread } from './strict-request.ts'

const megabyte = 1024 * 1024
const projectPath = z.object({ p: z.coerce.number().int().positive() })

export interface ServerOptions {
  parts: Parts
  /** Proves a call of the command line on this machine. */
  instanceSecret: string
  /** The folder of the built interface. */
  webFolder: string
}

/** The HTTP server, not yet listening. Capture routes answer everyone; the rest asks who and from where first. */
export function createServer({ parts, instanceSecret, webFolder }: ServerOptions): Api {
  const { logLevel } = parts.config
  const app: Api = fastify({
    // Replies go to stdout's reader; the log goes to stderr and never holds a header or a body.
    logger: { level: logLevel, serializers: { req: ({ method, url }) => ({ method, path: url?.split('?')[0] }) }, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 2 * megabyte,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    frameworkErrors: replyWithError,
    clientErrorHandler: replyBrokenRequest,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(replyWithError)
  const routes = listRoutes(app)
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
  })

  void app.register(async (capture) => captureRoutes(capture, parts))
  void app.register(async (closed: Api) => {
    closed.addHook('onRequest', guardHost(parts.config))
    readJsonBodies(closed)
    await closed.register(fastifyCookie)
    void closed.register(async (open: Api) => openToAll(open, parts, routes))
    void closed.register(async (api: Api) => signedIn(api, { parts, instanceSecret }))
    void closed.register(async (pages: Api) => staticWeb(pages, webFolder, routes))
  })
  return app
}

function openToAll(app: Api, parts: Parts, routes: readonly ListedRoute[]): void {
  app.addHook('preValidation', refuseUnread)
  loginRoutes(app, parts)
  openApiRoutes(app, routes)
  sharedRoutes(app, parts)
}

function signedIn(api: Api, { parts, instanceSecret }: Pick<ServerOptions, 'parts' | 'instanceSecret'>): void {
  api.addHook('onRequest', authenticate(parts, instanceSecret))
  api.addHook('preValidation', refuseUnread)
  answerOnce(api, parts)
  sessionRoutes(api, parts)
  loginLinkRoutes(api, parts)
  projectRoutes(api, parts)
  demoRoutes(api, parts)
  backupRoutes(api, parts)
  postalCodeRoutes(api, parts)
  void api.register(async (project: Api) => inProject(project, parts), { prefix: '/api/v1/projects/:p' })
}

function inProject(app: Api, parts: Parts): void {
  app.addHook('onRequest', async (request) => {
    const path = projectPath.safeParse(request.params)
    if (!path.success) throw new KindredError('project/not-found', { project: String((request.params as { p?: string }).p) })
    const { key } = request.access
    // A key of another project learns nothing, not even whether the project exists.
    if (key !== undefined && key.projectId !== path.data.p) throw new KindredError('auth/forbidden', { project: path.data.p })
    request.project = await findProject(parts, path.data.p)
  })
  projectSettingsRoutes(app, parts)
  statusRoutes(app, parts)
  questionRoutes(app, parts)
  insightRoutes(app, parts)
  segmentRoutes(app, parts)
  segmentFileRoutes(app, parts)
  segmentationRoutes(app, parts)
  templateRoutes(app, parts)
  guideRoutes(app, parts)
  traitRoutes(app, parts)
  peopleRoutes(app, parts)
  accountRoutes(app, parts)
  profileRoutes(app, parts)
  dataRoutes(app, parts)
  catalogueRoutes(app, parts)
  privacyRoutes(app, parts)
  importRoutes(app, parts)
  serverEventRoutes(app, parts)
  quarantineRoutes(app, parts)
}
