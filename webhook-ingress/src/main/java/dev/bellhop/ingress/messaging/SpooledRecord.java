package dev.bellhop.ingress.messaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A Kafka record as bytes for the spool, and back. */
final class SpooledRecord {

    private static final int VERSION = 1;

    private SpooledRecord() {}

    static byte[] write(ProducerRecord<byte[], byte[]> record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(record.value().length + 1024);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(VERSION);
            out.writeUTF(record.topic());
            write(out, record.key());
            write(out, record.value());
            Header[] headers = record.headers().toArray();
            out.writeInt(headers.length);
            for (Header header : headers) {
                out.writeUTF(header.key());
                write(out, header.value());
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProducerRecord<byte[], byte[]> read(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            if (in.readByte() != VERSION) {
                throw new IOException("written by another version");
            }
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(in.readUTF(), read(in), read(in));
            int headers = in.readInt();
            for (int i = 0; i < headers; i++) {
                record.headers().add(in.readUTF(), read(in));
            }
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
