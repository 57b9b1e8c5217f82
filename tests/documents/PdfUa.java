import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Runs veraPDF's own validator and its own PDF/UA-1 rules over files. A line a file:
 * "rules N checks N failed N", then a line for each check that failed, then an empty line.
 *
 * The jar we have veraPDF from leaves out the library that reads its profiles, so the
 * profile is read here; every rule in it is veraPDF's.
 */
public class PdfUa {
    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile();
        for (String file : files) {
            try (InputStream in = new FileInputStream(file);
                    PDFAParser parser =
                            Foundries.defaultInstance().createParser(in, PDFAFlavour.PDFUA_1)) {
                ValidationResult result =
                        ValidatorFactory.createValidator(profile, true).validate(parser);
                List<String> failed = new ArrayList<>();
                for (TestAssertion one : result.getTestAssertions()) {
                    if (one.getStatus() == TestAssertion.Status.FAILED) {
                        failed.add(one.getRuleId().getClause() + "-"
                                + one.getRuleId().getTestNumber() + " " + one.getMessage());
                    }
                }
                System.out.println("rules " + profile.getRules().size() + " checks "
                        + result.getTotalAssertions() + " failed " + failed.size());
                failed.forEach(System.out::println);
                System.out.println();
            }
        }
    }

    private static ValidationProfile profile() throws Exception {
        Document xml;
        try (InputStream in =
                PDFAFlavour.class.getResourceAsStream("/org/verapdf/pdfa/validation/PDFUA-1.xml")) {
            xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : all(xml.getElementsByTagName("rule"))) {
            Element id = all(rule.getElementsByTagName("id")).get(0);
            ErrorDetails error = Profiles.errorFromValues(text(rule, "message"), new ArrayList<>());
            rules.add(Profiles.ruleFromValues(
                    Profiles.ruleIdFromValues(
                            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                            id.getAttribute("clause"),
                            Integer.parseInt(id.getAttribute("testNumber"))),
                    rule.getAttribute("object"),
                    rule.hasAttribute("deferred")
                            ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                    rule.getAttribute("tags"),
                    text(rule, "description"),
                    text(rule, "test"),
                    error,
                    new ArrayList<>()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element one : all(xml.getElementsByTagName("variable"))) {
            variables.add(Profiles.variableFromValues(one.getAttribute("name"),
                    one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
        }
        return Profiles.profileFromValues(PDFAFlavour.PDFUA_1,
                Profiles.profileDetailsFromValues("PDF/UA-1", "", "veraPDF", new Date()),
                "", rules, variables);
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    private static List<Element> all(NodeList nodes) {
        List<Element> found = new ArrayList<>();
        for (int at = 0; at < nodes.getLength(); at++) {
            found.add((Element) nodes.item(at));
        }
        return found;
    }
}
