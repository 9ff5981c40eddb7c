package dev.lanes.tests.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The dependencies that a POM declares, those of its profiles included. */
final class PomDependencies {
    private PomDependencies() {}

    /** Returns group and artifact of what the POM declares for more than its tests. */
    static Set<String> beyondTests(InputStream pom) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var document = factory.newDocumentBuilder().parse(pom);
            var xpath = XPathFactory.newInstance().newXPath();
            // Not those under dependencyManagement or a plugin: they put nothing on anybody's class path.
            var dependencies = (NodeList) xpath.evaluate(
                    "/project/dependencies/dependency | /project/profiles/profile/dependencies/dependency",
                    document,
                    XPathConstants.NODESET);
            Set<String> found = new TreeSet<>();
            for (int i = 0; i < dependencies.getLength(); i++) {
                Node dependency = dependencies.item(i);
                if (!xpath.evaluate("normalize-space(scope)", dependency).equals("test")) {
                    found.add(xpath.evaluate(
                            "concat(normalize-space(groupId), ':', normalize-space(artifactId))", dependency));
                }
            }
            return found;
        } catch (ParserConfigurationException | SAXException | XPathExpressionException e) {
            throw new IOException(e);
        }
    }
}
