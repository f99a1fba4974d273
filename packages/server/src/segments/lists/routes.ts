import { Readable } from 'node:stream'
import {
  KindredError,
  type ListUpload,
  listChange,
  listChangedReply,
  listCreate,
  listRequest,
  listUploadReply,
  listUploadRequest,
  pageReply,
  segmentReply,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../../http/api.ts'
import { pageOf, readCursor } from '../../http/cursor.ts'
import { sendFile } from '../../http/send-file.ts'
import type { Parts } from '../../parts.ts'
import { segmentRow } from '../segment-row.ts'
import { changeList, createList } from './lists.ts'
import { listReport } from './report.ts'
import { oneUpload, toUpload, uploadList, uploadRows } from './upload.ts'

const one = z.object({ id: z.coerce.number().int().positive() })
const oneUploadPath = one.extend({ upload: z.coerce.number().int().positive() })
const order = { list: 'list-uploads', placeOf: ({ id }: ListUpload) => [id] }

/** Static lists: made and changed by ids, filled from files. */
export function listRoutes(app: Api, parts: Parts): void {
  app.post(
    '/segments/lists',
    {
      schema: { body: listCreate },
      config: {
        scope: 'write',
        summary: 'Make a list of people',
        description: 'By their numbers (`ids`) and distinct ids; without any it is empty, to be filled from a file or later. Who is not there refuses it.',
        reply: segmentReply,
        errors: ['person/not-found'],
      },
    },
    (request) => createList(parts, request.project, { ...request.body, author: { id: request.user?.id ?? 0 } }),
  )
  app.post(
    '/segments/:id/list',
    {
      schema: { params: one, body: listChange },
      config: {
        scope: 'write',
        summary: 'Put people into a list, or take them out',
        description: '`unknown` answers those named who are not there; the others are changed.',
        reply: listChangedReply,
        errors: ['segment/not-found', 'segment/not-a-list', 'segment/archived', 'segment/unit'],
      },
    },
    (request) => changeList(parts, request.project, { id: request.params.id, ...request.body }),
  )
  uploadRoutes(app, parts)
}

function uploadRoutes(app: Api, parts: Parts): void {
  void app.register(async (uploads: Api) => {
    uploads.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    uploads.post(
      '/segments/:id/list/uploads',
      {
        schema: { params: one, querystring: listUploadRequest },
        config: {
          scope: 'write',
          summary: 'Fill a list from a CSV file',
          description:
            'The body is the file, with a header. `column` names people (left out: the first) by their `email`, `distinct_id` or any person property (`by`). Who is not known is reported, or made with `unknown=create`. Of every row the report says what came of it, for seven days.',
          reply: listUploadReply,
          errors: ['segment/not-found', 'segment/not-a-list', 'segment/archived', 'segment/unit', 'segment/list-unreadable', 'request/media-type'],
          consumes: 'application/octet-stream',
        },
      },
      (request) => {
        if (!(request.body instanceof Readable)) throw new KindredError('request/media-type', { expected: 'application/octet-stream' })
        return uploadList(parts, request.project, { id: request.params.id, body: request.body, ...request.query, author: { id: request.user?.id ?? 0 } })
      },
    )
  })
  app.get(
    '/segments/:id/list/uploads',
    {
      schema: { params: one, querystring: listRequest },
      config: {
        scope: 'read',
        summary: 'The files a list was filled from',
        description: 'Newest first.',
        reply: pageReply(listUploadReply),
        errors: ['segment/not-found'],
      },
    },
    async (request) => {
      const { id } = await segmentRow(parts, request.project, request.params.id)
      const { limit, cursor } = request.query
      const [before = Number.MAX_SAFE_INTEGER] = readCursor(order.list, cursor, [0]) ?? []
      const rows = await uploadRows(parts)
        .where('list_uploads.segment_id', '=', id)
        .where('list_uploads.id', '<', before)
        .orderBy('list_uploads.id', 'desc')
        .limit(limit + 1)
        .execute()
      return pageOf(rows.map(toUpload), limit, order)
    },
  )
  app.get(
    '/segments/:id/list/uploads/:upload/report',
    {
      schema: { params: oneUploadPath },
      config: {
        scope: 'people:export',
        summary: 'What came of each row of a file, as CSV',
        reply: 'text/csv',
        errors: ['segment/not-found', 'segment/upload-not-found'],
      },
    },
    async (request, reply) => {
      const { id } = await segmentRow(parts, request.project, request.params.id)
      const { id: upload } = await oneUpload(parts, { id, upload: request.params.upload })
      return sendFile(reply, listReport(parts, upload), { name: `list-${id}-report-${upload}`, format: 'csv' })
    },
  )
}
