import net.sf.okapi.lib.xliff2.reader.Event;
import net.sf.okapi.lib.xliff2.reader.XLIFFReader;

import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;

/* Reads each file with every check that the toolkit has (schemas, constraints and processing
   requirements) and prints one verdict a file. Run by the script `xliff`. */
public class XliffJudge {
    static String judge(String file) {
        try (XLIFFReader reader = new XLIFFReader(XLIFFReader.VALIDATION_MAXIMAL)) {
            int units = 0;
            reader.open(new File(file));
            while (reader.hasNext()) {
                Event event = reader.next();
                units += event.isUnit() ? 1 : 0;
            }
            return units == 0 ? "no units" : reader.getWarningCount() > 0 ? "warnings" : null;
        } catch (Exception | StackOverflowError error) {
            return String.valueOf(error.getMessage()).replace('\n', ' ');
        }
    }

    public static void main(String[] files) {
        boolean failed = false;
        System.setErr(new PrintStream(OutputStream.nullOutputStream())); // its logger has no place to write to
        for (String file : files) {
            String why = judge(file);
            failed |= why != null;
            System.out.println(why == null ? "PASS xliff " + file : "FAIL xliff " + file + ": " + why);
        }
        System.exit(failed ? 1 : 0);
    }
}
