// Validates many PDF files in one JVM: for each file and profile one line of JSON on standard output.
//   java -cp … VeraPdf.java ua1,2a a.pdf b.pdf …
import java.io.FileInputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class VeraPdf {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        for (int index = 1; index < args.length; index++) {
            for (String profile : args[0].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.fromString(profile);
                Set<String> failures = new LinkedHashSet<>();
                boolean compliant = false;
                try (PDFAParser parser = foundry.createParser(new FileInputStream(args[index]), flavour);
                     PDFAValidator validator = foundry.createValidator(flavour, false)) {
                    ValidationResult result = validator.validate(parser);
                    compliant = result.isCompliant();
                    for (TestAssertion assertion : result.getTestAssertions())
                        if (assertion.getStatus() == TestAssertion.Status.FAILED)
                            failures.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber() + " " + assertion.getMessage());
                } catch (Exception error) {
                    failures.add(error.toString());
                }
                System.out.println("{\"index\":" + (index - 1) + ",\"profile\":\"" + profile + "\",\"compliant\":" + compliant + ",\"failures\":" + array(failures) + "}");
            }
        }
    }

    private static String array(Set<String> words) {
        StringBuilder json = new StringBuilder("[");
        for (String word : words) {
            if (json.length() > 1) json.append(',');
            json.append('"').append(word.replaceAll("[\\\\\"]", "'").replaceAll("\\p{Cntrl}", " ")).append('"');
        }
        return json.append(']').toString();
    }
}
