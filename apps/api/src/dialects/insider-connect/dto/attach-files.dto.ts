import { ApiProperty } from '@nestjs/swagger';

export class AttachFilesBody {
  @ApiProperty({
    type: 'array',
    items: { type: 'string', format: 'binary' },
    description: 'JPEG, PNG or PDF, at most 4 MB (4,194,304 bytes) each, at most 10.',
  })
  files!: unknown[];
}
