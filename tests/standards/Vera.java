import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds each file against PDF/UA-1 and PDF/A-2a, and prints what fails, one line each. */
public class Vera {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String name : files) {
      for (String id : new String[] {"ua1", "2a"}) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
        Foundries.defaultInstance();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), flavour);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
          ValidationResult result = validator.validate(parser);
          for (TestAssertion one : result.getTestAssertions()) {
            if (one.getStatus() == TestAssertion.Status.FAILED) {
              System.out.println(
                  "FAIL " + new File(name).getName() + " " + id + " " + one.getRuleId().getClause()
                      + "-" + one.getRuleId().getTestNumber() + " " + one.getMessage());
            }
          }
          System.out.println(
              (result.isCompliant() ? "PASS " : "FAIL ") + new File(name).getName() + " " + id
                  + " " + result.getTotalAssertions());
        }
      }
    }
  }
}
