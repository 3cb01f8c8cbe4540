import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;

import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/* Runs EPUBCheck over many files in one Java machine and prints one verdict a file. A warning counts
   like an error; usage notes and information do not. Run by the script `epubcheck`. */
public class EpubJudge {
    static class Listener extends MasterReport {
        final List<String> complaints = new ArrayList<>();

        @Override
        public void message(Message message, EPUBLocation place, Object... arguments) {
            Severity severity = message.getSeverity();
            if (severity == Severity.WARNING || severity == Severity.ERROR || severity == Severity.FATAL)
                add(severity + " " + message.getID() + " " + place.getPath() + ":" + place.getLine() + ":"
                    + place.getColumn() + " " + message.getMessage(arguments));
        }

        void add(String complaint) { // some list every attribute of XHTML
            complaints.add(complaint.substring(0, Math.min(complaint.length(), 400)));
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {}

        @Override
        public int generate() { return 0; }

        @Override
        public void initialize() {}
    }

    static List<String> judge(String file) {
        Listener listener = new Listener();
        listener.setLocale(Locale.ENGLISH);
        try {
            int result = new EpubCheck(new File(file), listener).doValidate();
            if (result != 0 && listener.complaints.isEmpty())
                listener.complaints.add("EPUBCheck returned " + result);
        } catch (Exception | StackOverflowError error) {
            listener.complaints.add("EPUBCheck fell: " + error);
        }
        return listener.complaints;
    }

    public static void main(String[] files) {
        boolean failed = false;
        System.setErr(new PrintStream(OutputStream.nullOutputStream())); // its XSLT library grumbles at each file
        for (String file : files) {
            List<String> complaints = judge(file);
            failed |= !complaints.isEmpty();
            int shown = Math.min(complaints.size(), 8);
            String more = complaints.size() > shown ? "; and " + (complaints.size() - shown) + " more" : "";
            String why = String.join("; ", complaints.subList(0, shown)).replaceAll("\\s+", " ") + more;
            System.out.println(complaints.isEmpty() ? "PASS epubcheck " + file : "FAIL epubcheck " + file + ": " + why);
        }
        System.exit(failed ? 1 : 0);
    }
}
